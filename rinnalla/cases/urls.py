"""Addresses of cases."""

from django.urls import path

from rinnalla.cases.views import mine, naming, orientation, people, proposing

CASE = "yhteisasiakkuudet/<uuid:case_id>/"

urlpatterns = [
    path("vastuutyontekijan-tehtava/", orientation.role, name="worker-role"),
    path("vastuutyontekijan-tehtava/luettu/", orientation.role_readers, name="worker-role-readers"),
    path("asiakkaani/", mine.mine, name="my-cases"),
    path("asiakkaat/<uuid:client_id>/ehdota/", proposing.propose, name="propose-case"),
    path(f"{CASE}vastaus/", proposing.answer, name="answer-case"),
    path(f"{CASE}vastaus/peru/", proposing.undo_answer, name="undo-answer"),
    path(f"{CASE}nimea/", naming.name, name="name-worker"),
    path(f"{CASE}pyynto/<uuid:assignment_id>/", naming.answer, name="answer-asking"),
    path(f"{CASE}pyynto/<uuid:assignment_id>/peru/", naming.take_back, name="take-asking-back"),
    path(f"{CASE}sovittu/<uuid:assignment_id>/", naming.agreed, name="record-agreement"),
    path(f"{CASE}kerrottu/<uuid:assignment_id>/", naming.told, name="told-client"),
    path(f"{CASE}pari/<uuid:assignment_id>/", naming.leave_pair, name="leave-pair"),
    path(f"{CASE}tiimi/", people.add_to_team, name="add-to-team"),
    path(f"{CASE}tiimi/<uuid:place_id>/", people.remove_from_team, name="remove-from-team"),
    path(f"{CASE}yhteydenpito/", people.contact, name="contact-ways"),
    path(f"{CASE}sijainen/", people.cover, name="cover"),
    path(f"{CASE}sijainen/<uuid:cover_id>/paata/", people.end_cover, name="end-cover"),
]
