"""The own team, ways of contact, and cover."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.audience import Kind
from rinnalla.cases.access import carries, cover_for, place_for, require, works_for
from rinnalla.cases.forms import ContactForm, CoverForm, TeamForm
from rinnalla.cases.operations import around
from rinnalla.cases.operations.around import Place, Ways
from rinnalla.cases.queries.people import people_to_ask
from rinnalla.cases.queries.standing import contact_now
from rinnalla.cases.views.around import desk
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation
from rinnalla.ui.saying import say


def add_to_team(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A place in the own team, with a role in words."""
    at = desk(request, case_id)
    require(carries(at.actor, at.case))
    form = TeamForm(posted(request), people=people_to_ask(at.actor))
    if form.is_valid():
        data = form.cleaned_data
        member = UUID(data["member"]) if data["member"] else None
        place = Place(data["role"], member, data["person"], data["contact"])
        act = lambda: around.add_to_team(at.case, by=at.actor, place=place)  # noqa: E731
        if attempt(form, act, "member"):
            say(request, _("Oma tiimi on päivitetty."))
            return at.back()
    form.readers = at.readers(Kind.CASE)
    return at.page("add-to-team", "cases/team.html", form=form)


def remove_from_team(request: HttpRequest, case_id: UUID, place_id: UUID) -> HttpResponse:
    """Ends a place; first what it closes."""
    at = desk(request, case_id)
    require(carries(at.actor, at.case))
    place = place_for(at.actor, at.case, place_id)
    if request.method == "POST":
        around.remove_from_team(place, by=at.actor)
        say(request, _("Paikka omassa tiimissä on päättynyt."))
        return at.back()
    who = place.membership.user.get_full_name() if place.membership else place.person
    effects = [_("%(who)s ei ole enää asiakkaan omassa tiimissä.") % {"who": who}]
    if place.membership:
        effects.append(_("Hän ei näe asiakkaan tietoja tämän paikan kautta heti tästä alkaen."))
    confirm = Confirmation(
        title=_("Poistetaanko omasta tiimistä?"),
        effects=effects,
        act=_("Poista tiimistä"),
        back_url=at.url,
    )
    return at.confirm("remove-from-team", confirm)


def contact(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Number, hours and what else was agreed with the client."""
    at = desk(request, case_id)
    require(works_for(at.actor, at.case))
    now = contact_now(at.case)
    known = {"phone": now.phone, "hours": now.hours, "ways": now.ways} if now else {}
    form = ContactForm(posted(request), initial=known or {"phone": at.actor.phone})
    if form.is_valid():
        ways = Ways(**form.cleaned_data)
        if attempt(form, lambda: around.agree_on_contact(at.case, by=at.actor, ways=ways)):
            say(request, _("Yhteydenpito on sovittu. Asiakas näkee sen omalla sivullaan."))
            return at.back()
    form.readers = at.readers(Kind.CASE)
    return at.page("contact-ways", "cases/contact.html", form=form)


def cover(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who answers while the worker is away."""
    at = desk(request, case_id)
    require(works_for(at.actor, at.case))
    form = CoverForm(posted(request), people=people_to_ask(at.actor))
    if form.is_valid():
        data = form.cleaned_data
        who, begins, ends = UUID(data["who"]), data["begins"], data["ends"]
        if attempt(
            form,
            lambda: around.record_cover(at.case, by=at.actor, who=who, begins=begins, ends=ends),
            "who",
        ):
            say(request, _("Sijainen näkee asiakkaan vain poissaolosi aikana."))
            return at.back()
    return at.page("cover", "cases/cover.html", form=form)


@require_POST
def end_cover(request: HttpRequest, case_id: UUID, cover_id: UUID) -> HttpResponse:
    """Ends a cover; recording it again undoes this."""
    at = desk(request, case_id)
    require(carries(at.actor, at.case))
    around.end_cover(cover_for(at.actor, at.case, cover_id), by=at.actor)
    say(request, _("Sijaisuus on päättynyt. Voit kirjata sen uudelleen."))
    return at.back()
