"""Addresses of a client's permits."""

from django.urls import path

from rinnalla.permits.views import asking, paper, shown, telling, wills

urlpatterns = [
    path("asiakkaat/<uuid:client_id>/luvat/", shown.client_permits, name="client-permits"),
    path("asiakkaat/<uuid:client_id>/luvat/uusi/", wills.record_permit, name="record-permit"),
    path("asiakkaat/<uuid:client_id>/luvat/kielto/", wills.record_denial, name="record-denial"),
    path("asiakkaat/<uuid:client_id>/luvat/kysyttava/", asking.ask_permit, name="ask-permit"),
    path(
        "luvat/kysyttavat/<uuid:request_id>/ei-lupaa/", asking.refuse_permit, name="refuse-permit"
    ),
    path("luvat/kysyttavat/<uuid:request_id>/annettu/", asking.hand_paper, name="hand-paper"),
    path("luvat/kerrottavat/<uuid:notice_id>/", telling.tell_recipient, name="tell-recipient"),
    path(
        "luvat/kerrottavat/<uuid:notice_id>/peru/",
        telling.untell_recipient,
        name="untell-recipient",
    ),
    path("luvat/<uuid:permit_id>/", shown.permit_page, name="permit"),
    path("luvat/<uuid:permit_id>/muuta/", wills.change_permit, name="change-permit"),
    path("luvat/<uuid:permit_id>/peru/", wills.withdraw_permit, name="withdraw-permit"),
    path("asiakkaat/<uuid:client_id>/luvat/lomake/", paper.client_paper, name="client-paper"),
    path(
        "luvat/kysyttavat/<uuid:request_id>/lomake/",
        paper.request_paper_page,
        name="request-paper",
    ),
    path("luvat/<uuid:permit_id>/lomake/", paper.permit_paper_page, name="permit-paper"),
    path("luvat/<uuid:permit_id>/liita/", paper.attach_scan_page, name="attach-scan"),
]
