"""Addresses of a client's permits."""

from django.urls import path

from rinnalla.permits import views, views_paper

urlpatterns = [
    path("asiakkaat/<uuid:client_id>/luvat/", views.client_permits, name="client-permits"),
    path("asiakkaat/<uuid:client_id>/luvat/uusi/", views.record_permit, name="record-permit"),
    path("asiakkaat/<uuid:client_id>/luvat/kysyttava/", views.ask_permit, name="ask-permit"),
    path("luvat/kysyttavat/<uuid:request_id>/ei-lupaa/", views.refuse_permit, name="refuse-permit"),
    path("luvat/<uuid:permit_id>/peru/", views.withdraw_permit, name="withdraw-permit"),
    path("asiakkaat/<uuid:client_id>/luvat/lomake/", views_paper.client_paper, name="client-paper"),
    path(
        "luvat/kysyttavat/<uuid:request_id>/lomake/",
        views_paper.request_paper_page,
        name="request-paper",
    ),
    path("luvat/<uuid:permit_id>/lomake/", views_paper.permit_paper_page, name="permit-paper"),
    path("luvat/<uuid:permit_id>/liita/", views_paper.attach_scan_page, name="attach-scan"),
]
