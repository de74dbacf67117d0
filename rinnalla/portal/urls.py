"""Addresses of the client's own pages, of signing in to them, and of opening one."""

from django.urls import path

from rinnalla.portal.views import (
    demonstration,
    enrolment,
    guardians,
    home,
    log,
    meetings,
    permits,
    signing,
    wills,
    withholding,
)

PAGE = "asiakkaat/<uuid:client_id>/oma-sivu/"

urlpatterns = [
    path("oma/", home.home, name="portal-home"),
    path("oma/kenen/", home.seats, name="portal-seats"),
    path("oma/vastuutyontekija/", home.worker_role, name="portal-worker-role"),
    path("oma/tapaamiset/<uuid:meeting_id>/", meetings.meeting, name="portal-meeting"),
    path("oma/ajat/<uuid:appointment_id>/", meetings.appointment, name="portal-appointment"),
    path("oma/apua/", home.help_now, name="portal-help"),
    path("oma/luvat/", permits.permits, name="portal-permits"),
    path("oma/luvat/<uuid:permit_id>/peru/", permits.withdraw, name="portal-withdraw"),
    path("oma/luvat/pyynto/<uuid:request_id>/", permits.answer, name="portal-answer"),
    path("oma/luvat/pyynto/<uuid:request_id>/ei/", permits.refuse, name="portal-refuse"),
    path("oma/luvat/kielto/", wills.deny, name="portal-deny"),
    path("oma/luvat/<uuid:permit_id>/muuta/", wills.change, name="portal-change"),
    path("oma/katsojat/", log.log, name="portal-log"),
    path("oma/katsojat/<uuid:look_id>/", log.ask, name="portal-ask"),
    path("oma/kirjaudu/", signing.sign_in, name="portal-sign-in"),
    path("oma/koodi/<uuid:link_id>/", signing.enter_code, name="portal-code"),
    path("oma/koodi/<uuid:link_id>/<str:secret>/", signing.open_link, name="portal-link"),
    path("oma/ulos/", signing.sign_out, name="portal-sign-out"),
    path("oma/pois/", signing.leave_fast, name="portal-leave"),
    path("oma/tyhja/", signing.away, name="portal-away"),
    path("esittely/asiakas/", demonstration.enter, name="enter-as-client"),
    path(PAGE, enrolment.client_portal, name="client-portal"),
    path("oma/puolesta/", guardians.own, name="portal-guardians"),
    path(f"{PAGE}puolesta/", guardians.record, name="record-mandate"),
    path("puolesta/<uuid:mandate_id>/paata/", guardians.end, name="end-mandate"),
    path("puolesta/<uuid:mandate_id>/kielto/", guardians.deny, name="deny-mandate"),
    path(f"{PAGE}salaa/", withholding.withhold_entries, name="withhold-entries"),
    path(f"{PAGE}nayta/", withholding.show_entry, name="show-entry"),
    path(f"{PAGE}sulje/", enrolment.close_portal, name="close-portal"),
]
