"""Joining two applications for one client: what it does, doing it, and undoing it."""

from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.applications.access import application_for, is_convener, require
from rinnalla.applications.models import Application
from rinnalla.applications.operations import joining
from rinnalla.applications.views.drafts import confirm_page
from rinnalla.ui import dates
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation
from rinnalla.ui.saying import say


def join_applications(request: HttpRequest, application_id: UUID, other_id: UUID) -> HttpResponse:
    """Says what joining does and what stays, and does it."""
    actor = acting(request)
    one, other = _two(actor, application_id, other_id)
    form = Form(posted(request))
    done: list[Application] = []
    if form.is_valid() and attempt(
        form, lambda: done.append(joining.join_applications(one, other, by=actor))
    ):
        later = other if done[0].pk == one.pk else one
        undo = reverse("part-applications", args=[later.public_id])
        say(request, _("Hakemukset on yhdistetty. Ne käsitellään yhtenä asiana."), undo)
        return redirect(_inbox(done[0].public_id))
    page = ("join-applications", _effects(one, other))
    return confirm_page(request, actor, one, page, form)


@require_POST
def part_applications(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Undoes the joining."""
    actor = acting(request)
    application = application_for(actor, application_id)
    require(is_convener(actor, application))
    joining.part_applications(application, by=actor)
    say(request, _("Yhdistäminen on peruttu. Hakemus odottaa taas omana asianaan."))
    return redirect(_inbox(application_id))


def _two(actor: Actor, one_id: UUID, other_id: UUID) -> tuple[Application, Application]:
    one = application_for(actor, one_id)
    require(is_convener(actor, one))
    other = application_for(actor, other_id)
    if (one.client_id, one.team_id) != (other.client_id, other.team_id) or one.pk == other.pk:
        raise Http404
    return one, other


def _effects(one: Application, other: Application) -> Confirmation:
    earlier, later = joining.in_order(one, other)
    day = {"day": dates.full_date(earlier.sent_at.date()) if earlier.sent_at else ""}
    names = {
        "earlier": earlier.referrer.user.get_full_name(),
        "later": later.referrer.user.get_full_name(),
    }
    return Confirmation(
        title=_("Yhdistä kaksi hakemusta"),
        effects=[
            _("Hakemukset käsitellään yhtenä asiana. Kello käy aiemmasta, %(day)s alkaen.") % day,
            _("Mitään ei katoa: tekstit, luvat, kysymykset, vastaukset ja näkemykset säilyvät."),
            _("Lähettäjät %(earlier)s ja %(later)s näkevät vain oman hakemuksensa.") % names,
            _("Kumpikin lähettäjä saa ratkaisun, jos asiakkaan lupa sallii sen."),
            _("Voit perua yhdistämisen, kunnes tiimi on antanut ratkaisun."),
        ],
        act=_("Yhdistä hakemukset"),
        back_url=_inbox(one.public_id),
    )


def _inbox(application_id: UUID) -> str:
    return f"{reverse('inbox')}?{urlencode({'hakemus': str(application_id)})}"
