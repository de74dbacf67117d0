"""Addresses of the officer's desk, and of answering the officer."""

from django.urls import path

from rinnalla.officer.views import log_requests, questions, reviews

DESK = "tietosuoja/"
QUESTION = f"{DESK}kysymykset/<uuid:question_id>/"
REQUESTS = f"{DESK}lokipyynnot/"
REQUEST = f"{REQUESTS}<uuid:log_request_id>/"

urlpatterns = [
    path(DESK, questions.desk, name="officer-desk"),
    path(f"{DESK}katselut/", questions.reads, name="officer-reads"),
    path(QUESTION, questions.question, name="officer-question"),
    path(f"{QUESTION}kysy/", questions.ask, name="ask-question"),
    path(f"{QUESTION}sulje/", questions.close, name="close-question"),
    path(f"{DESK}avaukset/", reviews.openings, name="law-openings"),
    path(f"{DESK}avaukset/<uuid:opening_id>/", reviews.opening, name="law-opening"),
    path(f"{DESK}tiedustelut/", reviews.inquiries, name="officer-inquiries"),
    path(f"{DESK}tiedustelut/<uuid:inquiry_id>/", reviews.inquiry, name="officer-inquiry"),
    path("selvitykset/", questions.my_questions, name="my-questions"),
    path("selvitykset/<uuid:question_id>/", questions.answer, name="answer-question"),
    path(REQUESTS, log_requests.requests, name="log-requests"),
    path(f"{REQUESTS}uusi/", log_requests.take_in, name="take-in-log-request"),
    path(f"{REQUEST}loki.pdf", log_requests.document, name="log-request-document"),
    path(REQUEST, log_requests.log_request, name="log-request"),
    path(f"{REQUEST}vastaa/", log_requests.answer, name="answer-log-request"),
]
