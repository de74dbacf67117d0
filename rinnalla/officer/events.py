"""What is written to the journal about the officer's desk; some of it by the database itself."""

QUESTION_ASKED = "question.asked"
QUESTION_ANSWERED = "question.answered"
QUESTION_CLOSED = "question.closed"
LOG_REQUEST_OPENED = "log_request.opened"
LOG_REQUEST_ANSWERED = "log_request.answered"
LOOKED = "officer.looked"
SWEPT = "officer.swept"
