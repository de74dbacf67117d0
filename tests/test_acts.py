"""Whatever is done by a form leaves its row in the journal, with the client whom it concerns."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from rinnalla.access.middleware import MEMBERSHIP
from rinnalla.accounts import events as accounts
from rinnalla.applications import events as applications
from rinnalla.cases import events as cases
from rinnalla.files import events as files
from rinnalla.imports import events as imports
from rinnalla.permits import events as permits
from rinnalla.plans import events as plans
from tests.addresses import SENT_TWICE, values
from tests.world import CONVENER, HEALTH, INTAKE, REFERRER, Who, World

OTTO, LEENA, LAURA, ELLA = "A100137", "A100338", "A100116", "A100480"
TEXTS = {"question": "Mikä auttaisi?", "wish": "Työ.", "situation": "Työtön.", "agreed": "spoken"}
TODAY = {"begins": "31.10.2026", "given_on": "31.10.2026"}


class Desk:
    """People at their browsers; each act is watched for the rows that it leaves."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.browsers = {who: world.browser(who) for who in (REFERRER, CONVENER, HEALTH, INTAKE)}
        self.seen = self._kinds()

    def act(self, who: Who, name: str, *args: Any, **data: Any) -> list[str]:
        """Posts the form; the kinds of the acts that it left."""
        query = data.pop("query", "")
        answer = self.browsers[who].post(reverse(name, args=args) + query, data)
        assert answer.status_code in (200, 302), (name, answer.status_code)
        now = self._kinds()
        new = {key: kind for key, kind in now.items() if key not in self.seen}
        self.seen = now
        shown = answer.context and [
            str(error) for errors in self._errors(answer) for error in errors
        ]
        assert new, f"{name} left no row: {shown}"
        return sorted(new.values())

    def page(self, who: Who, name: str, *args: Any, query: str = "") -> HttpResponse:
        answer: HttpResponse = self.browsers[who].get(reverse(name, args=args) + query)  # type: ignore[assignment]
        return answer

    def subjects(self, kind: str) -> set[UUID]:
        """The clients of the acts of a kind that were done here."""
        rows = self.world.rows(
            "select s.client from journal_entrysubject s join journal_entry e on e.id = s.entry"
            " where e.kind = %s and e.membership = %s order by e.recorded_at desc limit 1",
            kind,
            self.world.member(REFERRER).pk,
        )
        return {client for (client,) in rows}

    def one(self, query: str, *parameters: Any) -> Any:
        return self.world.rows(query, *parameters)[0][0]

    def _kinds(self) -> dict[UUID, str]:
        rows = "select id, kind from journal_entry where kind not like 'read.%%'"
        return dict(self.world.rows(rows))

    def _errors(self, answer: Any) -> list[Any]:
        form = answer.context.get("form")
        return list(form.errors.values()) if form is not None else []


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_writing_and_sending(desk: Desk) -> None:
    draft = desk.world.application(LEENA)
    written = {**TEXTS, "team": str(draft.team_id)}

    def act(name: str, **data: Any) -> list[str]:
        return desk.act(REFERRER, name, draft.public_id, **data)

    begun = desk.act(REFERRER, "begin-application", draft.client.public_id, team=str(draft.team_id))
    assert applications.BEGUN in begun
    version = desk.one(
        "select version from applications_applicationtext where application_id = %s", draft.pk
    )
    assert applications.SAVED in act("edit-application", version=version, **written)
    assert applications.SAVED in act("autosave-application", version=version + 1, **written)
    assert applications.DISCARDED in act("discard-application")
    assert applications.RESTORED in act("restore-application")
    assert applications.SENT in act("send-application")
    assert desk.subjects(applications.SENT) == {draft.client_id}
    assert applications.TAKEN_BACK in act("take-back-application")


def western(desk: Desk) -> None:
    """Ilona sits in the convener's place, as the convener of the western team."""
    convener = desk.one("select convener_id from organizations_team where code = 'tyky-lansi'")
    browser = desk.browsers[CONVENER] = desk.world.browser(("ilona.nayte", "TO210"))
    session = browser.session
    with desk.world.owner():
        session[MEMBERSHIP] = str(convener)
        session.save()


def test_joining(desk: Desk) -> None:
    western(desk)
    earlier, later = (key for (key,) in desk.world.rows(SENT_TWICE))
    assert applications.JOINED in desk.act(CONVENER, "join-applications", later, earlier)
    assert applications.PARTED in desk.act(CONVENER, "part-applications", later)


def test_a_case_begins_from_a_matter(desk: Desk) -> None:
    matter = desk.world.application().public_id
    told = {"reason": "Monta palvelua.", "way": "phone", "on": "31.10.2026"}
    begun = desk.act(CONVENER, "begin-case", matter, **told)
    assert {applications.CASE_BEGUN, cases.CASE_PROPOSED} <= set(begun)


def test_the_matter_goes_to_the_case_that_there_is(desk: Desk) -> None:
    matter = desk.world.application()
    told = {"reason": "Monta palvelua.", "way": "phone", "on": "31.10.2026"}
    desk.act(CONVENER, "propose-case", matter.client.public_id, **told)
    case = desk.one("select public_id from cases_case where client_id = %s", matter.client_id)
    assert desk.act(CONVENER, "link-case", matter.public_id, case) == [applications.CASE_LINKED]


def test_asking_without_a_name(desk: Desk) -> None:
    western(desk)
    asked = values(desk.world)["consultation_id"]
    seat, team, session = desk.world.rows(
        "select x.id, t.id, s.id from organizations_team t"
        " join organizations_teamseat x on x.team_id = t.id and x.code = 'terveydenhuolto'"
        " join organizations_teamsession s on s.team_id = t.id and s.starts_at > rinnalla.now()"
        " where t.code = 'tyky-lansi' order by s.starts_at limit 1"
    )[0]
    texts = {"team": str(team), "question": "Mitä?", "situation": "Työtön.", "text": "Arvio."}
    for who, name, kind in (
        (HEALTH, "view-anonymous", applications.ANONYMOUS_VIEW_SAVED),
        (CONVENER, "answer-anonymous", applications.ANONYMOUS_ANSWERED),
        (CONVENER, "recall-anonymous-answer", applications.ANONYMOUS_RECALLED),
        (CONVENER, "remove-anonymous", applications.ANONYMOUS_REMOVED),
        (REFERRER, "take-back-anonymous", applications.ANONYMOUS_TAKEN_BACK),
        (REFERRER, "edit-anonymous", applications.ANONYMOUS_SAVED),
        (REFERRER, "close-anonymous", applications.ANONYMOUS_CLOSED),
        (REFERRER, "reopen-anonymous", applications.ANONYMOUS_REOPENED),
        (REFERRER, "send-anonymous", applications.ANONYMOUS_SENT),
        (REFERRER, "name-anonymous", applications.ANONYMOUS_NAMED),
        (CONVENER, "place-anonymous", applications.ANONYMOUS_PLACED),
        (REFERRER, "anonymous-to-application", applications.BEGUN),
    ):
        args = (asked, seat) if name == "view-anonymous" else (asked,)
        data = {**texts, "session": str(session), "typed": "A100693"}
        assert kind in desk.act(who, name, *args, **data), name
    assert applications.ANONYMOUS_BEGUN in desk.act(REFERRER, "begin-anonymous", **texts)


def test_reception(desk: Desk) -> None:
    sent = desk.world.application(OTTO)

    def act(name: str, **data: Any) -> list[str]:
        return desk.act(CONVENER, name, sent.public_id, **data)

    assert applications.TAKEN_IN in act("take-in")
    assert applications.TAKING_IN_UNDONE in act("undo-take-in")
    assert applications.ASKED in act("ask-referrer", question="Mitä Otto toivoo?")
    assert applications.QUESTION_WITHDRAWN in act("withdraw-question")
    act("ask-referrer", question="Mitä Otto toivoo?")
    answered = desk.act(REFERRER, "answer-application", sent.public_id, text="Ulkotöitä.")
    assert applications.ANSWERED in answered
    session = desk.one(
        "select id from organizations_teamsession where team_id = %s"
        " and starts_at > rinnalla.now() order by starts_at limit 1",
        sent.team_id,
    )
    assert applications.PLACED in act("place-application", session=str(session))
    item, number = desk.world.rows(
        "select id, number from applications_agendaitem where application_id = %s", sent.pk
    )[0]
    removed = desk.act(CONVENER, "remove-from-agenda", session, number)
    assert applications.REMOVED in removed
    assert applications.PUT_BACK in desk.act(CONVENER, "put-back-on-agenda", session, item)
    team = desk.one("select id from organizations_team where id <> %s limit 1", sent.team_id)
    forwarded = act("forward-application", team=str(team), reason="Kuuluu sinne.")
    assert applications.FORWARDED in forwarded


def test_a_consultation(desk: Desk) -> None:
    known = values(desk.world)
    place = (known["session_id"], known["number"])

    def act(who: Who, name: str, *args: Any, **data: Any) -> list[str]:
        return desk.act(who, name, *place, *args, **data)

    laina = {"member": str(desk.world.member(HEALTH).pk)}
    assert applications.PRESENT in act(CONVENER, "mark-presence", everyone="1")
    assert applications.ABSENT in act(CONVENER, "mark-presence")
    version = desk.one(
        "select version from applications_view where membership_id = %s", laina["member"]
    )
    view = {"text": "Kevyempi työ.", "version": version, "window": "a"}
    assert applications.VIEW_SAVED in act(HEALTH, "save-view", known["seat_id"], **view)
    entry = {"row": "used", "text": "Fysioterapia."}
    added = act(HEALTH, "add-entry", known["seat_id"], **entry)
    assert applications.ENTRY_ADDED in added
    key = desk.one("select id from applications_columnentry order by saved_at desc limit 1")
    assert applications.ENTRY_REMOVED in act(HEALTH, "remove-entry", key)
    assert applications.DISQUALIFIED in act(CONVENER, "disqualify", **laina)
    assert applications.REQUALIFIED in act(CONVENER, "requalify", **laina)
    assert applications.ASKED in act(CONVENER, "send-back", question="Onko ajokorttia?")
    item = desk.one(
        "select id from applications_agendaitem where session_id = %s and number = %s", *place
    )
    undone = desk.act(CONVENER, "undo-send-back", place[0], item)
    assert applications.QUESTION_WITHDRAWN in undone
    assert applications.CALLED in act(CONVENER, "call-to-meeting", reason="Puhutaan yhdessä.")
    outcome = desk.one("select public_id from applications_outcome order by given_at desc limit 1")
    assert applications.RECALLED in desk.act(CONVENER, "recall-outcome", outcome)


def test_a_recommendation(desk: Desk) -> None:
    known = values(desk.world)
    place, query = (known["session_id"], known["number"]), "?palvelu=AKSE"
    shown: Any = desk.page(CONVENER, "recommend", *place, query=query)
    data = {"reason": "Selkä ei kestä."}
    for form in (shown.context["steps"].management_form, *shown.context["steps"].forms):
        data |= {field.html_name: field.value() for field in form if field.value() is not None}
    given = desk.act(CONVENER, "recommend", *place, query=query, **data)
    assert applications.RECOMMENDED in given and plans.STEP_AGREED in given
    outcome = desk.one("select public_id from applications_outcome order by given_at desc limit 1")

    def act(name: str, key: Any = outcome, **data: Any) -> list[str]:
        return desk.act(REFERRER, name, key, **data)

    assert applications.ACCEPTED in act("accept-outcome")
    assert applications.TOLD in act("tell-client", how="phone", told_on="31.10.2026")
    reported = act("report-step", known["step_id"], state="done", text="Hoidettu.")
    assert plans.STEP_REPORTED in reported
    matter = desk.world.application()
    assert applications.ENDED in act("end-application", matter.public_id, what_came="AKSE alkoi.")
    assert applications.REOPENED in act("reopen-application", matter.public_id)
    ella = desk.one(
        "select public_id from applications_outcome where client_id = %s",
        desk.world.client(ELLA).pk,
    )
    assert applications.DECLINED in act("decline-outcome", ella, reason="Ella aloittaa työt.")


def test_permits(desk: Desk) -> None:
    known = values(desk.world)
    unit = desk.one("select id from organizations_unit where code = 'KE950'")
    county = desk.one("select id from organizations_organization where code = 'HVA'")
    purpose = {"purpose": "Suunnittelu", "reason": "Suunnittelu"}
    scope = {"units": str(unit), "organizations": str(county), "recipient": str(county), **purpose}
    given = {"form": "paper", "given_by": "client", **TODAY}

    def act(name: str, key: str, **data: Any) -> list[str]:
        return desk.act(REFERRER, name, known[key], **data)

    assert permits.PERMIT_RECORDED in act("record-permit", "client_id", **scope, **given)
    assert desk.subjects(permits.PERMIT_RECORDED) == {desk.world.client().pk}
    signed = SimpleUploadedFile("lupa.pdf", b"%PDF-1.7", content_type="application/pdf")
    assert files.FILE_ATTACHED in act("attach-scan", "permit_id", file=signed)
    assert desk.subjects(files.FILE_ATTACHED) == {desk.world.client().pk}
    scan = desk.one("select public_id from files_attachment order by id desc limit 1")
    assert files.FILE_REMOVED in desk.act(REFERRER, "remove-attachment", scan)
    assert files.FILE_RESTORED in desk.act(REFERRER, "restore-attachment", scan)
    assert permits.PERMIT_WITHDRAWN in act("withdraw-permit", "permit_id")
    assert permits.PERMIT_ASKED in act("ask-permit", "client_id", **scope)
    assert permits.PERMIT_REFUSED in act("refuse-permit", "request_id")


def test_people_found_entered_and_told_apart(desk: Desk) -> None:
    pair = values(desk.world)["pair_id"]
    assert "client.found" in desk.act(REFERRER, "find-client", q=LAURA)
    assert "client.sought" in desk.act(REFERRER, "find-client", q="A999999")
    person = {"family_name": "Uusi", "given_names": "Utu", "birth_date": "1.2.1980"}
    assert "client.entered" in desk.act(REFERRER, "enter-client", language="fi", **person)
    assert imports.PAIR_DECIDED in desk.act(INTAKE, "decide-pair", pair, answer="same")
    assert imports.PAIR_REOPENED in desk.act(INTAKE, "reopen-pair", pair)


def test_one_s_own_session(desk: Desk) -> None:
    me = str(desk.world.member(REFERRER).pk)
    assert accounts.CHOSEN in desk.act(REFERRER, "choose-role", membership=me)
    assert accounts.SIGNED_OUT in desk.act(REFERRER, "sign-out")
    assert accounts.SIGN_IN_FAILED in desk.act(REFERRER, "sign-in", username="x", password="y")
    assert accounts.SIGNED_IN in desk.act(REFERRER, "choose-person", membership=me)
