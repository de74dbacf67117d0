"""Addresses of the team's pages: the inbox, the sessions, one case and its outcome."""

from django.urls import path

from rinnalla.applications.views import agenda, case, inbox, joining, outcome, screen

INBOX = "saapuneet/<uuid:application_id>"
SESSION = "kokoukset/<uuid:session_id>"
CASE = f"{SESSION}/<int:number>"

urlpatterns = [
    path("saapuneet/", inbox.inbox, name="inbox"),
    path(f"{INBOX}/ota/", inbox.take_in, name="take-in"),
    path(f"{INBOX}/ota/peru/", inbox.undo_take_in, name="undo-take-in"),
    path(f"{INBOX}/kysy/", inbox.ask_referrer, name="ask-referrer"),
    path(f"{INBOX}/kysy/peru/", inbox.withdraw_question, name="withdraw-question"),
    path(f"{INBOX}/siirra/", inbox.forward, name="forward-application"),
    path(f"{INBOX}/yhdista/<uuid:other_id>/", joining.join_applications, name="join-applications"),
    path(f"{INBOX}/yhdista/peru/", joining.part_applications, name="part-applications"),
    path(f"{INBOX}/kokoukseen/", inbox.place, name="place-application"),
    path("kokoukset/", agenda.sessions, name="sessions"),
    path(f"{SESSION}/", agenda.agenda, name="agenda"),
    path(f"{SESSION}/palauta/<uuid:item_id>/", agenda.put_back, name="put-back-on-agenda"),
    path(f"{SESSION}/kysymys/<uuid:item_id>/peru/", outcome.undo_send_back, name="undo-send-back"),
    path(f"{CASE}/", case.case, name="case"),
    path(f"{CASE}/poista/", agenda.remove, name="remove-from-agenda"),
    path(f"{CASE}/nakemys/<uuid:seat_id>/", case.save_view, name="save-view"),
    path(f"{CASE}/sarake/<uuid:seat_id>/", case.add_entry, name="add-entry"),
    path(f"{CASE}/sarake/<uuid:entry_id>/poista/", case.remove_entry, name="remove-entry"),
    path(f"{CASE}/lasna/", case.mark_presence, name="mark-presence"),
    path(f"{CASE}/esteellinen/", case.disqualify, name="disqualify"),
    path(f"{CASE}/esteellinen/peru/", case.requalify, name="requalify"),
    path(f"{CASE}/suositus/", outcome.recommend, name="recommend"),
    path(f"{CASE}/tapaaminen/", outcome.call_to_meeting, name="call-to-meeting"),
    path(f"{CASE}/palauta/", outcome.send_back, name="send-back"),
    path(f"{CASE}/valkokangas/", screen.screen, name="screen"),
    path("suositukset/<uuid:outcome_id>/peru/", outcome.recall, name="recall-outcome"),
]
