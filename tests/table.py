"""The access table: who gets which answer from which page; columns in the order of `ROLES`.

Veikko's matter is on the agenda of 3.11.; Laura's recommendation has been accepted (`outcome` and
its acts).
"""

from dataclasses import dataclass

from tests import world
from tests.table_cases import OF_CASES
from tests.table_meetings import OF_MEETINGS
from tests.table_own import OWN_PAGES
from tests.world import LARS, LAURA, TIINA, VEIKKO, Own, Who

# The first thirteen are the table's columns, the last of them signed out; then those who have an
# own page: Veikko, whose matter it is, another client, and a guardian who acts for another.
# The officer comes last; the column of it is below.
ROLES: dict[str, Who | None] = {
    "referrer": world.REFERRER,
    "convener": world.CONVENER,
    "health": world.HEALTH,
    "miepa": world.MIEPA,
    "social": world.SOCIAL,
    "kela": world.KELA,
    "employment": world.EMPLOYMENT,
    "colleague": world.COLLEAGUE,
    "manager": world.MANAGER,
    "intake": world.INTAKE,
    "administrator": world.ADMINISTRATOR,
    "stranger": world.STRANGER,
    "nobody": None,
    "client": Own(VEIKKO),
    "another": Own(LAURA),
    "guardian": Own(LARS, TIINA),
    "officer": world.OFFICER,
}
# Where the administrator's answer stands in a line.
ADMINISTRATORS = -3
# The officer's answers where they are not the administrator's, who sees no client either.
OFFICER = {
    **dict.fromkeys(
        (
            *("officer-desk get", "officer-reads get", "officer-question get", "log-requests get"),
            *("log-request get", "log-request-document get"),
            *("ask-question get", "ask-question post", "close-question get", "close-question post"),
            *("take-in-log-request get", "take-in-log-request post"),
        ),
        200,
    ),
    **dict.fromkeys(("law-openings get", "officer-inquiries get"), 200),
    # Of the told world nothing is opened by law, and nobody has asked.
    **dict.fromkeys(("law-opening get", "officer-inquiry get"), 404),
    **dict.fromkeys(("law-opening post", "officer-inquiry post"), 404),
    "answer-log-request post": 302,
    **dict.fromkeys(("worker-role-readers get", "worker-role-readers post"), 403),
    **dict.fromkeys(("imports get", "imports post", "import get", "import post"), 403),
}
AT_OWN_PAGE = ("client", "another", "guardian")


@dataclass(frozen=True)
class Row:
    """A page by its address's name and method, with the status that each role gets."""

    name: str
    method: str
    statuses: dict[str, int]


_ROWS = """
home                  get  200 200 200 200 200 200 200 200 200 200 200 200 302
home                  post 200 200 200 200 200 200 200 200 200 200 200 200 302
live                  get  200 200 200 200 200 200 200 200 200 200 200 200 200
live                  post 405 405 405 405 405 405 405 405 405 405 405 405 405
ready                 get  200 200 200 200 200 200 200 200 200 200 200 200 200
ready                 post 405 405 405 405 405 405 405 405 405 405 405 405 405
client                get  200 200 200 200 200 404 200 404 404 404 404 404 302
client                post 200 200 200 200 200 404 200 404 404 404 404 404 302
begin-application     get  200 200 200 200 200 404 200 404 404 404 404 404 302
begin-application     post 200 200 200 200 200 404 200 404 404 404 404 404 302
client-permits        get  200 200 200 200 200 404 200 404 404 404 404 404 302
client-permits        post 200 200 200 200 200 404 200 404 404 404 404 404 302
ask-permit            get  200 200 200 200 200 404 200 404 404 404 404 404 302
ask-permit            post 200 200 200 200 200 404 200 404 404 404 404 404 302
record-denial         get  200 200 200 200 200 404 200 404 404 404 404 404 302
record-denial         post 200 200 200 200 200 404 200 404 404 404 404 404 302
record-permit         get  200 200 200 200 200 404 200 404 404 404 404 404 302
record-permit         post 200 200 200 200 200 404 200 404 404 404 404 404 302
find-client           get  200 200 200 200 200 200 200 200 200 200 200 200 302
find-client           post 200 200 200 200 200 200 200 200 200 200 200 200 302
enter-client          get  200 200 200 200 200 200 200 200 403 200 403 200 302
enter-client          post 200 200 200 200 200 200 200 200 403 200 403 200 302
choose-person         get  200 200 200 200 200 200 200 200 200 200 200 200 200
choose-person         post 404 404 404 404 404 404 404 404 404 404 404 404 404
my-applications       get  200 200 200 200 200 200 200 200 200 200 200 200 302
my-applications       post 200 200 200 200 200 200 200 200 200 200 200 200 302
application           get  200 200 200 200 200 404 200 404 404 404 404 404 302
application           post 200 200 200 200 200 404 200 404 404 404 404 404 302
reopen-application    get  200 403 403 403 403 404 403 404 404 404 404 404 302
reopen-application    post 200 403 403 403 403 404 403 404 404 404 404 404 302
receipt-application   get  200 403 403 403 403 404 403 404 404 404 404 404 302
receipt-application   post 200 403 403 403 403 404 403 404 404 404 404 404 302
send-application      get  200 403 403 403 403 404 403 404 404 404 404 404 302
send-application      post 200 403 403 403 403 404 403 404 404 404 404 404 302
edit-application      get  302 403 403 403 403 404 403 404 404 404 404 404 302
edit-application      post 302 403 403 403 403 404 403 404 404 404 404 404 302
take-back-application get  200 403 403 403 403 404 403 404 404 404 404 404 302
take-back-application post 200 403 403 403 403 404 403 404 404 404 404 404 302
end-application       get  200 403 403 403 403 404 403 404 404 404 404 404 302
end-application       post 200 403 403 403 403 404 403 404 404 404 404 404 302
restore-application   get  200 403 403 403 403 404 403 404 404 404 404 404 302
restore-application   post 422 403 403 403 403 404 403 404 404 404 404 404 302
discard-application   get  200 403 403 403 403 404 403 404 404 404 404 404 302
discard-application   post 422 403 403 403 403 404 403 404 404 404 404 404 302
autosave-application  get  405 405 405 405 405 405 405 405 405 405 405 405 302
autosave-application  post 422 403 403 403 403 404 403 404 404 404 404 404 302
pause-clock           get  200 200 403 403 403 404 403 404 404 404 404 404 302
pause-clock           post 200 200 403 403 403 404 403 404 404 404 404 404 302
answer-application    get  200 403 403 403 403 404 403 404 404 404 404 404 302
answer-application    post 200 403 403 403 403 404 403 404 404 404 404 404 302
set_language          get  302 302 302 302 302 302 302 302 302 302 302 302 302
set_language          post 302 302 302 302 302 302 302 302 302 302 302 302 302
sign-in               get  302 302 302 302 302 302 302 302 302 302 302 302 200
sign-in               post 302 302 302 302 302 302 302 302 302 302 302 302 200
sessions              get  404 200 200 200 200 200 200 404 404 404 404 404 302
sessions              post 405 405 405 405 405 405 405 405 405 405 405 405 302
agenda                get  404 200 200 200 200 200 200 404 404 404 404 404 302
agenda                post 405 405 405 405 405 405 405 405 405 405 405 405 302
case                  get  404 200 200 200 200 404 200 404 404 404 404 404 302
case                  post 405 405 405 405 405 405 405 405 405 405 405 405 302
disqualify            get  405 405 405 405 405 405 405 405 405 405 405 405 302
disqualify            post 404 422 403 403 403 404 403 404 404 404 404 404 302
requalify             get  405 405 405 405 405 405 405 405 405 405 405 405 302
requalify             post 404 422 403 403 403 404 403 404 404 404 404 404 302
mark-presence         get  405 405 405 405 405 405 405 405 405 405 405 405 302
mark-presence         post 404 302 403 403 403 404 403 404 404 404 404 404 302
save-view             get  405 405 405 405 405 405 405 405 405 405 405 405 302
save-view             post 404 200 200 200 200 404 200 404 404 404 404 404 302
send-back             get  404 200 403 403 403 404 403 404 404 404 404 404 302
send-back             post 404 200 403 403 403 404 403 404 404 404 404 404 302
remove-from-agenda    get  405 405 405 405 405 405 405 405 405 405 405 405 302
remove-from-agenda    post 404 302 403 403 403 404 403 404 404 404 404 404 302
remove-entry          get  405 405 405 405 405 405 405 405 405 405 405 405 302
remove-entry          post 404 404 404 404 404 404 404 404 404 404 404 404 302
add-entry             get  405 405 405 405 405 405 405 405 405 405 405 405 302
add-entry             post 404 200 200 200 200 404 200 404 404 404 404 404 302
recommend             get  404 200 403 403 403 404 403 404 404 404 404 404 302
recommend             post 404 200 403 403 403 404 403 404 404 404 404 404 302
call-to-meeting       get  404 200 403 403 403 404 403 404 404 404 404 404 302
call-to-meeting       post 404 200 403 403 403 404 403 404 404 404 404 404 302
screen                get  404 200 200 200 200 404 200 404 404 404 404 404 302
screen                post 405 405 405 405 405 405 405 405 405 405 405 405 302
undo-send-back        get  405 405 405 405 405 405 405 405 405 405 405 405 302
undo-send-back        post 404 404 404 404 404 404 404 404 404 404 404 404 302
put-back-on-agenda    get  405 405 405 405 405 405 405 405 405 405 405 405 302
put-back-on-agenda    post 404 404 404 404 404 404 404 404 404 404 404 404 302
withdraw-permit       get  200 200 200 200 200 404 200 404 404 404 404 404 302
withdraw-permit       post 302 302 302 302 302 404 302 404 404 404 404 404 302
permit                get  200 200 200 200 200 404 200 404 404 404 404 404 302
permit                post 200 200 200 200 200 404 200 404 404 404 404 404 302
change-permit         get  200 200 200 200 200 404 200 404 404 404 404 404 302
change-permit         post 200 200 200 200 200 404 200 404 404 404 404 404 302
hand-paper            get  200 200 200 200 200 404 200 404 404 404 404 404 302
hand-paper            post 302 302 302 302 302 404 302 404 404 404 404 404 302
tell-recipient        get  200 404 404 404 404 404 200 404 404 404 404 404 302
tell-recipient        post 200 404 404 404 404 404 200 404 404 404 404 404 302
untell-recipient      get  200 404 404 404 404 404 200 404 404 404 404 404 302
untell-recipient      post 200 404 404 404 404 404 200 404 404 404 404 404 302
refuse-permit         get  200 200 200 200 200 404 200 404 404 404 404 404 302
refuse-permit         post 302 302 302 302 302 404 302 404 404 404 404 404 302
feedback              get  200 200 200 200 200 200 200 200 200 200 200 200 200
feedback              post 200 200 200 200 200 200 200 200 200 200 200 200 200
letters               get  200 200 200 200 200 200 200 200 200 200 200 200 302
letters               post 405 405 405 405 405 405 405 405 405 405 405 405 302
letter                get  200 404 404 404 404 404 200 404 404 404 404 404 302
letter                post 405 405 405 405 405 405 405 405 405 405 405 405 302
mark-printed          get  405 405 405 405 405 405 405 405 405 405 405 405 302
mark-printed          post 302 404 404 404 404 404 302 404 404 404 404 404 302
unmark-printed        get  405 405 405 405 405 405 405 405 405 405 405 405 302
unmark-printed        post 422 404 404 404 404 404 422 404 404 404 404 404 302
sent-mail             get  200 200 200 200 200 200 200 200 200 200 200 200 200
sent-mail             post 405 405 405 405 405 405 405 405 405 405 405 405 405
inbox                 get  404 200 404 404 404 404 404 404 404 404 404 404 302
inbox                 post 405 405 405 405 405 405 405 405 405 405 405 405 302
place-application     get  405 405 405 405 405 405 405 405 405 405 405 405 302
place-application     post 403 200 403 403 403 404 403 404 404 404 404 404 302
ask-referrer          get  405 405 405 405 405 405 405 405 405 405 405 405 302
ask-referrer          post 403 200 403 403 403 404 403 404 404 404 404 404 302
withdraw-question     get  405 405 405 405 405 405 405 405 405 405 405 405 302
withdraw-question     post 403 422 403 403 403 404 403 404 404 404 404 404 302
take-in               get  405 405 405 405 405 405 405 405 405 405 405 405 302
take-in               post 403 422 403 403 403 404 403 404 404 404 404 404 302
undo-take-in          get  405 405 405 405 405 405 405 405 405 405 405 405 302
undo-take-in          post 403 422 403 403 403 404 403 404 404 404 404 404 302
forward-application   get  403 200 403 403 403 404 403 404 404 404 404 404 302
forward-application   post 403 200 403 403 403 404 403 404 404 404 404 404 302
join-applications     get  403 404 403 403 403 404 403 404 404 404 404 404 302
join-applications     post 403 404 403 403 403 404 403 404 404 404 404 404 302
part-applications     get  405 405 405 405 405 405 405 405 405 405 405 405 302
part-applications     post 403 422 403 403 403 404 403 404 404 404 404 404 302
my-anonymous          get  200 200 200 200 200 200 200 200 200 200 200 200 302
my-anonymous          post 405 405 405 405 405 405 405 405 405 405 405 405 302
begin-anonymous       get  200 200 200 200 200 200 200 200 200 200 200 200 302
begin-anonymous       post 200 200 200 200 200 200 200 200 200 200 200 200 302
anonymous             get  200 404 200 404 404 200 404 404 404 404 404 404 302
anonymous             post 405 405 405 405 405 405 405 405 405 405 405 405 302
edit-anonymous        get  302 404 403 404 404 403 404 404 404 404 404 404 302
edit-anonymous        post 302 404 403 404 404 403 404 404 404 404 404 404 302
send-anonymous        get  200 404 403 404 404 403 404 404 404 404 404 404 302
send-anonymous        post 200 404 403 404 404 403 404 404 404 404 404 404 302
take-back-anonymous   get  405 405 405 405 405 405 405 405 405 405 405 405 302
take-back-anonymous   post 422 404 403 404 404 403 404 404 404 404 404 404 302
name-anonymous        get  405 405 405 405 405 405 405 405 405 405 405 405 302
name-anonymous        post 200 404 403 404 404 403 404 404 404 404 404 404 302
close-anonymous       get  200 404 403 404 404 403 404 404 404 404 404 404 302
close-anonymous       post 200 404 403 404 404 403 404 404 404 404 404 404 302
reopen-anonymous      get  405 405 405 405 405 405 405 405 405 405 405 405 302
reopen-anonymous      post 422 404 403 404 404 403 404 404 404 404 404 404 302
place-anonymous       get  405 405 405 405 405 405 405 405 405 405 405 405 302
place-anonymous       post 403 404 403 404 404 403 404 404 404 404 404 404 302
remove-anonymous      get  405 405 405 405 405 405 405 405 405 405 405 405 302
remove-anonymous      post 403 404 403 404 404 403 404 404 404 404 404 404 302
view-anonymous        get  405 405 405 405 405 405 405 405 405 405 405 405 302
view-anonymous        post 404 404 404 404 404 404 404 404 404 404 404 404 302
answer-anonymous      get  405 405 405 405 405 405 405 405 405 405 405 405 302
answer-anonymous      post 403 404 403 404 404 403 404 404 404 404 404 404 302
recall-anonymous-answer get  405 405 405 405 405 405 405 405 405 405 405 405 302
recall-anonymous-answer post 403 404 403 404 404 403 404 404 404 404 404 404 302
anonymous-to-application get  200 404 403 404 404 403 404 404 404 404 404 404 302
anonymous-to-application post 302 404 403 404 404 403 404 404 404 404 404 404 302
accessibility         get  200 200 200 200 200 200 200 200 200 200 200 200 200
accessibility         post 405 405 405 405 405 405 405 405 405 405 405 405 405
change-password       get  200 200 200 200 200 200 200 200 200 200 200 200 302
change-password       post 200 200 200 200 200 200 200 200 200 200 200 200 302
outcome               get  200 200 200 404 404 404 200 404 404 404 404 404 302
outcome               post 200 200 200 404 404 404 200 404 404 404 404 404 302
tell-client           get  200 403 403 404 404 404 403 404 404 404 404 404 302
tell-client           post 200 403 403 404 404 404 403 404 404 404 404 404 302
decline-outcome       get  200 403 403 404 404 404 403 404 404 404 404 404 302
decline-outcome       post 200 403 403 404 404 404 403 404 404 404 404 404 302
recall-outcome        get  405 405 405 405 405 405 405 405 405 405 405 405 302
recall-outcome        post 403 422 403 404 404 404 403 404 404 404 404 404 302
accept-outcome        get  200 403 403 404 404 404 403 404 404 404 404 404 302
accept-outcome        post 200 403 403 404 404 404 403 404 404 404 404 404 302
choose-role           get  200 200 200 200 200 200 200 200 200 200 200 200 302
choose-role           post 404 404 404 404 404 404 404 404 404 404 404 404 302
imports               get  403 403 403 403 403 403 403 403 403 200 200 403 302
imports               post 403 403 403 403 403 403 403 403 403 200 200 403 302
import                get  403 403 403 403 403 403 403 403 403 200 200 403 302
import                post 403 403 403 403 403 403 403 403 403 200 200 403 302
doubtful-pairs        get  403 403 403 403 403 403 403 403 403 200 403 403 302
doubtful-pairs        post 403 403 403 403 403 403 403 403 403 200 403 403 302
decide-pair           get  405 405 405 405 405 405 405 405 405 405 405 405 302
decide-pair           post 403 403 403 403 403 403 403 403 403 302 403 403 302
reopen-pair           get  405 405 405 405 405 405 405 405 405 405 405 405 302
reopen-pair           post 403 403 403 403 403 403 403 403 403 302 403 403 302
sign-out              get  405 405 405 405 405 405 405 405 405 405 405 405 302
sign-out              post 302 302 302 302 302 302 302 302 302 302 302 302 302
my-steps              get  200 200 200 200 200 200 200 200 200 200 200 200 302
my-steps              post 200 200 200 200 200 200 200 200 200 200 200 200 302
report-step           get  200 403 403 404 404 404 403 404 404 404 404 404 302
report-step           post 200 403 403 404 404 404 403 404 404 404 404 404 302
client-paper          get  200 200 200 200 200 404 200 404 404 404 404 404 302
client-paper          post 200 200 200 200 200 404 200 404 404 404 404 404 302
request-paper         get  200 200 200 200 200 404 200 404 404 404 404 404 302
request-paper         post 200 200 200 200 200 404 200 404 404 404 404 404 302
permit-paper          get  200 200 200 200 200 404 200 404 404 404 404 404 302
permit-paper          post 200 200 200 200 200 404 200 404 404 404 404 404 302
attach-scan           get  200 200 200 200 200 404 200 404 404 404 404 404 302
attach-scan           post 200 200 200 200 200 404 200 404 404 404 404 404 302
attachment            get  200 200 200 200 200 404 200 404 404 404 404 404 302
attachment            post 405 405 405 405 405 405 405 405 405 405 405 405 302
remove-attachment     get  200 403 403 403 403 404 200 404 404 404 404 404 302
remove-attachment     post 302 403 403 403 403 404 302 404 404 404 404 404 302
restore-attachment    get  405 405 405 405 405 405 405 405 405 405 405 405 302
restore-attachment    post 422 403 403 403 403 404 422 404 404 404 404 404 302
officer-desk          get  403 403 403 403 403 403 403 403 403 403 403 403 302
officer-desk          post 405 405 405 405 405 405 405 405 405 405 405 405 302
officer-reads         get  403 403 403 403 403 403 403 403 403 403 403 403 302
officer-reads         post 405 405 405 405 405 405 405 405 405 405 405 405 302
officer-question      get  403 403 403 403 403 403 403 403 403 403 403 403 302
officer-question      post 405 405 405 405 405 405 405 405 405 405 405 405 302
ask-question          get  403 403 403 403 403 403 403 403 403 403 403 403 302
ask-question          post 403 403 403 403 403 403 403 403 403 403 403 403 302
close-question        get  403 403 403 403 403 403 403 403 403 403 403 403 302
close-question        post 403 403 403 403 403 403 403 403 403 403 403 403 302
law-openings          get  403 403 403 403 403 403 403 403 403 403 403 403 302
law-openings          post 405 405 405 405 405 405 405 405 405 405 405 405 302
law-opening           get  403 403 403 403 403 403 403 403 403 403 403 403 302
law-opening           post 403 403 403 403 403 403 403 403 403 403 403 403 302
officer-inquiries     get  403 403 403 403 403 403 403 403 403 403 403 403 302
officer-inquiries     post 405 405 405 405 405 405 405 405 405 405 405 405 302
officer-inquiry       get  403 403 403 403 403 403 403 403 403 403 403 403 302
officer-inquiry       post 403 403 403 403 403 403 403 403 403 403 403 403 302
my-questions          get  200 200 200 200 200 200 200 200 200 200 200 200 302
my-questions          post 405 405 405 405 405 405 405 405 405 405 405 405 302
answer-question       get  404 404 404 404 404 404 404 404 404 404 404 200 302
answer-question       post 404 404 404 404 404 404 404 404 404 404 404 200 302
log-requests          get  403 403 403 403 403 403 403 403 403 403 403 403 302
log-requests          post 405 405 405 405 405 405 405 405 405 405 405 405 302
take-in-log-request   get  403 403 403 403 403 403 403 403 403 403 403 403 302
take-in-log-request   post 403 403 403 403 403 403 403 403 403 403 403 403 302
log-request           get  403 403 403 403 403 403 403 403 403 403 403 403 302
log-request           post 405 405 405 405 405 405 405 405 405 405 405 405 302
log-request-document  get  403 403 403 403 403 403 403 403 403 403 403 403 302
log-request-document  post 405 405 405 405 405 405 405 405 405 405 405 405 302
answer-log-request    get  405 405 405 405 405 405 405 405 405 405 405 405 302
answer-log-request    post 403 403 403 403 403 403 403 403 403 403 403 403 302
portal-home           get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-home           post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-seats          get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-seats          post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-permits        get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-permits        post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-withdraw       get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-withdraw       post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-deny           get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-deny           post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-change         get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-change         post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-answer         get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-answer         post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-refuse         get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-refuse         post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-log            get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-log            post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-ask            get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-ask            post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-worker-role    get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-worker-role    post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-help           get  200 200 200 200 200 200 200 200 200 200 200 200 200
portal-help           post 405 405 405 405 405 405 405 405 405 405 405 405 405
portal-sign-in        get  200 200 200 200 200 200 200 200 200 200 200 200 200
portal-sign-in        post 200 200 200 200 200 200 200 200 200 200 200 200 200
portal-code           get  200 200 200 200 200 200 200 200 200 200 200 200 200
portal-code           post 200 200 200 200 200 200 200 200 200 200 200 200 200
portal-link           get  302 302 302 302 302 302 302 302 302 302 302 302 302
portal-link           post 405 405 405 405 405 405 405 405 405 405 405 405 405
portal-sign-out       get  405 405 405 405 405 405 405 405 405 405 405 405 302
portal-sign-out       post 302 302 302 302 302 302 302 302 302 302 302 302 302
portal-leave          get  405 405 405 405 405 405 405 405 405 405 405 405 405
portal-leave          post 302 302 302 302 302 302 302 302 302 302 302 302 302
portal-away           get  200 200 200 200 200 200 200 200 200 200 200 200 200
portal-away           post 405 405 405 405 405 405 405 405 405 405 405 405 405
enter-as-client       get  200 200 200 200 200 200 200 200 200 200 200 200 200
enter-as-client       post 404 404 404 404 404 404 404 404 404 404 404 404 404
keep-draft            get  200 200 200 200 200 404 200 404 404 404 404 404 302
keep-draft            post 422 422 422 422 422 404 422 404 404 404 404 404 302
client-portal         get  200 200 200 200 200 404 200 404 404 404 404 404 302
client-portal         post 200 200 200 200 200 404 200 404 404 404 404 404 302
close-portal          get  403 200 200 404 404 404 403 404 404 404 404 404 302
close-portal          post 403 302 302 404 404 404 403 404 404 404 404 404 302
open-named-by-law     get  200 200 200 200 200 200 200 200 403 200 403 200 302
open-named-by-law     post 200 200 200 200 200 200 200 200 403 200 403 200 302
open-by-law           get  200 200 200 200 200 404 200 404 403 404 403 404 302
open-by-law           post 200 200 200 200 200 404 200 404 403 404 403 404 302
close-law-opening     get  405 405 405 405 405 405 405 405 405 405 405 405 302
close-law-opening     post 404 404 404 404 404 404 404 404 404 404 404 404 302
record-mandate        get  403 200 200 200 200 404 403 404 404 404 404 404 302
record-mandate        post 403 200 200 200 200 404 403 404 404 404 404 404 302
end-mandate           get  404 404 404 404 404 404 404 404 404 404 404 404 302
end-mandate           post 404 404 404 404 404 404 404 404 404 404 404 404 302
deny-mandate          get  404 404 404 404 404 404 404 404 404 404 404 404 302
deny-mandate          post 404 404 404 404 404 404 404 404 404 404 404 404 302
withhold-entries      get  200 200 200 200 200 404 200 404 404 404 404 404 302
withhold-entries      post 200 200 200 200 200 404 200 404 404 404 404 404 302
show-entry            get  405 405 405 405 405 405 405 405 405 405 405 405 302
show-entry            post 404 404 404 404 404 404 404 404 404 404 404 404 302
portal-guardians      get  404 404 404 404 404 404 404 404 404 404 404 404 302
portal-guardians      post 404 404 404 404 404 404 404 404 404 404 404 404 302
"""


def _row(line: str) -> Row:
    name, method, *told = line.split()
    statuses = [int(status) for status in told]
    own = _OWN.get((name, method), [_elsewhere(statuses)] * len(AT_OWN_PAGE))
    officer = OFFICER.get(f"{name} {method}", statuses[ADMINISTRATORS])
    return Row(name, method, dict(zip(ROLES, [*statuses, *own, officer], strict=True)))


def _elsewhere(statuses: list[int]) -> int:
    """At a professional's page a client finds nothing; what all may see, a client may, too."""
    nobody = statuses[-1]
    if nobody != 302:
        return nobody
    return 405 if statuses[0] == 405 else 404


_OWN = {
    (name, method): [int(status) for status in told]
    for name, method, *told in map(str.split, OWN_PAGES.strip().splitlines())
}
TABLE = [_row(line) for line in (_ROWS + OF_CASES + OF_MEETINGS).strip().splitlines()]
