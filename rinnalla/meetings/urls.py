"""Addresses of meetings and appointments."""

from django.urls import path

from rinnalla.meetings.views import (
    after,
    appointments,
    arranging,
    links,
    meeting,
    mine,
    people,
)

MEETING = "tapaamiset/<uuid:meeting_id>/"
PERSON = f"{MEETING}kutsutut/<uuid:participant_id>/"
APPOINTMENT = "ajat/<uuid:appointment_id>/"

urlpatterns = [
    path("tapaamiset/", mine.mine, name="my-meetings"),
    path(MEETING, meeting.meeting, name="meeting"),
    path(f"{MEETING}naytto/", meeting.screen, name="meeting-screen"),
    path(f"{MEETING}siirra/", arranging.move, name="move-meeting"),
    path(f"{MEETING}peru/", arranging.cancel, name="cancel-meeting"),
    path(f"{MEETING}muistutukset/", arranging.reminders, name="meeting-reminders"),
    path(f"{MEETING}kutsu/", people.invite, name="invite-to-meeting"),
    path(f"{PERSON}peru/", people.uninvite, name="uninvite"),
    path(f"{PERSON}vastaus/", people.reply, name="answer-meeting"),
    path(f"{MEETING}ajat/<uuid:suggestion_id>/", people.choose, name="choose-time"),
    path(f"{MEETING}soitto/", people.call, name="call-client"),
    path(f"{MEETING}muistio/", after.note, name="meeting-note"),
    path(f"{MEETING}muistio/peru/", after.recall, name="recall-note"),
    path(f"{MEETING}jai-valiin/", after.miss, name="miss-meeting"),
    path(f"{MEETING}kysymykset/", after.ask, name="record-unclear"),
    path(f"{MEETING}kysymykset/<uuid:point_id>/", after.question, name="answer-unclear"),
    path("vaiheet/<uuid:step_id>/aika/", appointments.set_appointment, name="set-appointment"),
    path(APPOINTMENT, appointments.appointment, name="appointment"),
    path(f"{APPOINTMENT}soitto/", appointments.call, name="call-about-appointment"),
    path(f"{APPOINTMENT}saattaja/", appointments.escort, name="escort"),
    path(f"{APPOINTMENT}peru/", appointments.cancel, name="cancel-appointment"),
    path(f"{APPOINTMENT}toteutuma/", appointments.happened, name="appointment-outcome"),
    path("vastaa/<str:secret>/", links.reply, name="reply-by-link"),
]
