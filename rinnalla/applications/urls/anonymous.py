"""Addresses of consultations without a name."""

from django.urls import path

from rinnalla.applications.views import anonymous, anonymous_team

ONE = "nimettomat/<uuid:consultation_id>/"

urlpatterns = [
    path("nimettomat/", anonymous.mine, name="my-anonymous"),
    path("nimettomat/uusi/", anonymous.begin, name="begin-anonymous"),
    path(ONE, anonymous.anonymous, name="anonymous"),
    path(f"{ONE}muokkaa/", anonymous.edit, name="edit-anonymous"),
    path(f"{ONE}laheta/", anonymous.send, name="send-anonymous"),
    path(f"{ONE}ota-takaisin/", anonymous.take_back, name="take-back-anonymous"),
    path(f"{ONE}henkilo/", anonymous.name_person, name="name-anonymous"),
    path(f"{ONE}hakemukseksi/", anonymous.make_application, name="anonymous-to-application"),
    path(f"{ONE}paata/", anonymous.close, name="close-anonymous"),
    path(f"{ONE}avaa/", anonymous.reopen, name="reopen-anonymous"),
    path(f"{ONE}kokoukseen/", anonymous_team.place, name="place-anonymous"),
    path(f"{ONE}pois/", anonymous_team.remove, name="remove-anonymous"),
    path(f"{ONE}nakemys/<uuid:seat_id>/", anonymous_team.save_view, name="view-anonymous"),
    path(f"{ONE}vastaus/", anonymous_team.answer, name="answer-anonymous"),
    path(f"{ONE}vastaus/peru/", anonymous_team.recall_answer, name="recall-anonymous-answer"),
]
