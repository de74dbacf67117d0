"""The services for a fixed time: talked through, changed, ended."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rinnalla.access.audience import Kind
from rinnalla.cases.access import package_for, require, works_for
from rinnalla.cases.models import ServicePackage
from rinnalla.cases.queries.standing import packages_of
from rinnalla.cases.views.around import Desk, desk
from rinnalla.plans.forms import PackageForm
from rinnalla.plans.operations.packages import Package, agree_on_package, end_package
from rinnalla.ui.dates import full_date
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation
from rinnalla.ui.saying import say


def package(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was talked through, with its days; what was agreed before stands below."""
    at = desk(request, case_id)
    require(works_for(at.actor, at.case))
    known = packages_of(at.case)
    now = next((one for one in known if one.ended_at is None), None)
    form = PackageForm(posted(request), initial=_initial(at, now), today=at.actor.today)
    if form.is_valid():
        agreed = Package(**form.cleaned_data)
        if attempt(form, lambda: agree_on_package(at.case, by=at.actor, package=agreed)):
            say(request, _("Palvelukokonaisuus on sovittu. Asiakas näkee sen omalla sivullaan."))
            return at.back()
    form.readers = at.readers(Kind.CASE)
    before = [one for one in known if one.ended_at]
    return at.page("service-package", "plans/package.html", form=form, package=now, before=before)


def _initial(at: Desk, now: ServicePackage | None) -> dict[str, Any]:
    """A change begins with what is agreed, but for the words: they are said anew."""
    today = at.actor.today
    if now is None:
        return {"begins": today, "talked_on": today}
    check = {"check_on": now.check_on} if now.check_on > today else {}
    return {"text": now.text, "begins": now.begins, "ends": now.ends, "talked_on": today, **check}


def end(request: HttpRequest, case_id: UUID, package_id: UUID) -> HttpResponse:
    """Ends the package; first what it changes."""
    at = desk(request, case_id)
    require(works_for(at.actor, at.case))
    found = package_for(at.actor, at.case, package_id)
    if request.method == "POST":
        end_package(found, by=at.actor)
        say(request, _("Palvelukokonaisuus on päätetty. Voit sopia asiakkaan kanssa uuden."))
        return at.back()
    confirm = Confirmation(
        title=_("Päätetäänkö palvelukokonaisuus?"),
        effects=[
            _("Sovittu loppupäivä %(day)s ei ole enää voimassa.") % {"day": full_date(found.ends)},
            _("Asiakas ei näe palvelukokonaisuutta enää omalla etusivullaan."),
            _("Kirjaus jää historiaan. Vastuutyöntekijä ei vaihdu."),
        ],
        act=_("Päätä palvelukokonaisuus"),
        back_url=at.url,
    )
    return at.confirm("end-service-package", confirm)
