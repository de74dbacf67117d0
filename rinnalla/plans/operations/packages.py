"""The services for a fixed time: agreed with the client, looked at before their end, ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.cases import events
from rinnalla.cases.access import require, works_for
from rinnalla.cases.models import Case, ServicePackage
from rinnalla.cases.operations.whole import changed, locked, note, recorded
from rinnalla.lib.errors import RuleBroken
from rinnalla.plans.models import Watch
from rinnalla.plans.operations.steps import Agreed, agree_step

LOOK_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class Package:
    """What belongs to it, its days, and what was said when it was talked through."""

    text: str
    begins: date
    ends: date
    check_on: date
    talked_on: date
    words: str = ""


def day_to_check(begins: date, ends: date) -> date:
    """The day when the package is looked at: 30 days before its end, or half way if shorter."""
    month_before = ends - LOOK_BEFORE
    return month_before if month_before > begins else begins + (ends - begins) // 2


def wrong_days(
    today: date, begins: date, ends: date, check_on: date, talked_on: date
) -> dict[str, str]:
    """What is wrong with the days of a package, at the day that it is about."""
    found = {}
    if ends <= today:
        found["ends"] = _("Valitse tuleva päivä, jona kokonaisuus päättyy.")
    elif ends < begins:
        found["ends"] = _("Kokonaisuus ei voi päättyä ennen kuin se alkaa.")
    elif check_on < today:
        found["check_on"] = _("Valitse tämä päivä tai tuleva päivä.")
    elif check_on > ends:
        found["check_on"] = _("Katsokaa tilannetta ennen kuin kokonaisuus päättyy.")
    if talked_on > today:
        found["talked_on"] = _("Päivä ei voi olla tulevaisuudessa.")
    return found


@transaction.atomic
def agree_on_package(case: Case, *, by: Actor, package: Package) -> ServicePackage:
    """Records what was talked through with the client, and the step that looks at its end; the
    package before ends."""
    case = _worked(case, by)
    days = (package.begins, package.ends, package.check_on, package.talked_on)
    for sentence in wrong_days(by.today, *days).values():
        raise RuleBroken(sentence)
    _end(case, by)
    made = ServicePackage.objects.create(
        **recorded(case, by),
        text=package.text,
        begins=package.begins,
        ends=package.ends,
        check_on=package.check_on,
        talked_on=package.talked_on,
        words=package.words,
        recorded_by_id=by.membership_id,
        recorded_at=by.now,
    )
    _watch(made, by)
    note(case, events.PACKAGE_AGREED, by, package=str(made.pk))
    return made


def _watch(package: ServicePackage, by: Actor) -> None:
    """Books the look at the package before its end, for whoever agreed it."""
    with translation.override("fi"):
        text = _("Katsokaa palvelukokonaisuutta yhdessä")
    agreed = Agreed(text, package.check_on, by.membership_id)
    Watch.objects.create(
        **recorded(package.case, by),
        package=package,
        step=agree_step(package.case.client, by=by, agreed=agreed),
        ends_on=package.ends,
        lead_days=(package.ends - package.check_on).days,
    )


def _end(case: Case, by: Actor) -> int:
    """Ends the package that is in force, with the watch of its end; how many there were."""
    Watch.objects.filter(case=case, ended_at=None).update(ended_at=by.now)
    return case.servicepackages.filter(ended_at=None).update(ended_at=by.now)


@transaction.atomic
def end_package(package: ServicePackage, *, by: Actor) -> None:
    """Ends a package before its day; the row stays as history."""
    case = _worked(package.case, by)
    is_open = ServicePackage.objects.filter(pk=package.pk, ended_at=None).exists()
    if not (is_open and _end(case, by)):
        raise RuleBroken(_("Palvelukokonaisuus on jo muuttunut. Lataa sivu uudelleen."))
    note(case, events.PACKAGE_ENDED, by, package=str(package.pk))


def _worked(case: Case, by: Actor) -> Case:
    """The case, locked, of which the actor is a responsible worker."""
    case = locked(case)
    require(works_for(by, case))
    if case.state != Case.State.ACTIVE:
        raise RuleBroken(changed(case))
    return case
