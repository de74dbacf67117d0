"""Addresses of those who bring a matter, and of the matter itself."""

from django.urls import path

from rinnalla.applications.views import (
    beginning,
    clocks,
    drafts,
    matter,
    mine,
    recommendation,
)

ONE = "hakemukset/<uuid:application_id>/"
OUTCOME = "suositukset/<uuid:outcome_id>/"

urlpatterns = [
    path("asiakkaat/<uuid:client_id>/", mine.client, name="client"),
    path("asiakkaat/<uuid:client_id>/hakemus/", drafts.begin_application, name="begin-application"),
    path("hakemukset/", mine.mine, name="my-applications"),
    path(ONE, matter.application, name="application"),
    path(f"{ONE}muokkaa/", drafts.edit_application, name="edit-application"),
    path(f"{ONE}tallenna/", drafts.autosave_application, name="autosave-application"),
    path(f"{ONE}poista/", drafts.discard_application, name="discard-application"),
    path(f"{ONE}palauta/", drafts.restore_application, name="restore-application"),
    path(f"{ONE}laheta/", drafts.send_application, name="send-application"),
    path(f"{ONE}ota-takaisin/", drafts.take_back_application, name="take-back-application"),
    path(f"{ONE}kuitti/", matter.receipt_application, name="receipt-application"),
    path(f"{ONE}vastaa/", matter.answer_application, name="answer-application"),
    path(f"{ONE}tauko/", clocks.pause, name="pause-clock"),
    path(f"{ONE}yhteisasiakkuus/", beginning.begin_case, name="begin-case"),
    path(f"{ONE}yhteisasiakkuus/<uuid:case_id>/", beginning.link_case, name="link-case"),
    path(f"{ONE}paata/", recommendation.end_application, name="end-application"),
    path(f"{ONE}avaa/", recommendation.reopen_application, name="reopen-application"),
    path(OUTCOME, recommendation.outcome, name="outcome"),
    path(f"{OUTCOME}vie-eteenpain/", recommendation.accept_outcome, name="accept-outcome"),
    path(f"{OUTCOME}palauta/", recommendation.decline_outcome, name="decline-outcome"),
    path(f"{OUTCOME}kerrottu/", recommendation.tell_client, name="tell-client"),
]
