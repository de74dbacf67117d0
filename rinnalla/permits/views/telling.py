"""A recipient is told that a permit has ended; the mark can be taken back."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.permits import operations
from rinnalla.permits.access import notice_for
from rinnalla.permits.forms import TellForm
from rinnalla.permits.views.around import confirm_page, form_page, way_back
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation


def tell_recipient(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Records when and how the recipient was told."""
    actor = acting(request)
    notice = notice_for(actor, notice_id)
    form = TellForm(posted(request), initial={"on": actor.today}, today=actor.today)
    if form.is_valid():
        how = form.cleaned_data
        if attempt(
            form,
            lambda: operations.tell_recipient(notice, by=actor, on=how["on"], way=how["way"]),
        ):
            undo = reverse("untell-recipient", args=[notice.public_id])
            told = _("Kirjattu: %(who)s tietää.") % {"who": notice.recipient}
            link = format_html('{} <a href="{}">{}</a>', told, undo, _("Peru merkintä"))
            messages.success(request, link)
            return redirect(way_back(request, notice.client))
    page = ("permits/tell.html", "tell-recipient", form)
    return form_page(request, actor, notice.client, page, notice=notice)


def untell_recipient(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Takes the mark back."""
    actor = acting(request)
    notice = notice_for(actor, notice_id)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: operations.untell_recipient(notice, by=actor)):
        messages.success(request, _("Merkintä on peruttu. Saaja on taas kertomatta."))
        return redirect(way_back(request, notice.client))
    confirm = Confirmation(
        title=_("Peru merkintä"),
        effects=[
            _("%(who)s on taas niiden listalla, joille pitää kertoa.") % {"who": notice.recipient},
            _("Tehtävä siirtyy sinulle."),
        ],
        act=_("Peru merkintä"),
        back_url=way_back(request, notice.client),
    )
    return confirm_page(request, actor, notice.client, ("untell-recipient", form, confirm))
