"""Meetings of a case: called together for a purpose, at a time that may move, with those invited.

A time that moves is a new row with the next number; what was said and agreed are rows of their own.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rinnalla.cases.models import CasePart
from rinnalla.organizations.models import Membership
from rinnalla.plans.models import Step


class Meeting(CasePart):
    """A joint appointment, a client meeting or a network meeting of one client's case."""

    class Kind(models.TextChoices):
        CLIENT = "client_meeting", _("asiakastapaaminen")
        JOINT = "joint_appointment", _("yhteisvastaanotto")
        NETWORK = "network_meeting", _("verkostotapaaminen")

    class State(models.TextChoices):
        SEEKING = "seeking", _("aikaa haetaan")
        PLANNED = "planned", _("sovittu")
        HELD = "held", _("pidetty")
        MISSED = "missed", _("jäi väliin")
        CANCELLED = "cancelled", _("peruttu")

    class Way(models.TextChoices):
        """How the client is invited and reminded."""

        CALL = "call", _("soitan itse")
        SMS = "sms", _("tekstiviesti")
        EMAIL = "email", _("sähköposti")
        PRINT = "print", _("kirje")
        PORTAL = "portal", _("oma sivu")
        NONE = "none", _("ei muistutusta")

    COMING = (State.SEEKING, State.PLANNED)

    public_id = models.UUIDField(default=uuid4, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CLIENT)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    purpose = models.TextField()
    questions = models.TextField(blank=True)
    interpreter = models.CharField(max_length=100, blank=True)
    needs_break = models.BooleanField(default=False)
    needs_quiet = models.BooleanField(default=False)
    # Who is invited by mail is told the place only when the client lets it be told.
    place_may_be_told = models.BooleanField(default=False)
    invite_by = models.CharField(max_length=10, choices=Way.choices, default=Way.CALL)
    remind_by = models.CharField(max_length=10, choices=Way.choices, default=Way.NONE)
    remind_day_before = models.BooleanField(default=True)
    remind_hour_before = models.BooleanField(default=False)
    convener = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    called_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Why it was cancelled or missed, and what is done about that.
    reason = models.TextField(blank=True)
    follow_up = models.TextField(blank=True)
    note_recalled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["missed", "cancelled"]) | ~Q(reason=""),
                name="a_meeting_that_was_not_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["seeking", "planned"], ended_at=None)
                | Q(state__in=["held", "missed", "cancelled"], ended_at__isnull=False),
                name="a_meeting_is_to_come_or_over",
            ),
        ]
        indexes = [models.Index(fields=["case", "state"], name="meeting_by_case")]


class MeetingPart(CasePart):
    """A row that belongs to one meeting."""

    meeting = models.ForeignKey(Meeting, models.RESTRICT, related_name="%(class)ss")

    class Meta:
        abstract = True


class Place(models.TextChoices):
    """Where people meet."""

    ROOM = "room", _("paikan päällä")
    PHONE = "phone", _("puhelimessa")
    REMOTE = "remote", _("etäyhteydellä")


class WhenAndWhere(MeetingPart):
    """A time with its place."""

    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place_kind = models.CharField(max_length=10, choices=Place.choices, default=Place.ROOM)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)

    class Meta:
        abstract = True


class MeetingTime(WhenAndWhere):
    """When and where; `sequence` counts the changes, as calendars do (RFC 5545)."""

    sequence = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(ended_at=None), name="one_time_a_meeting"
            ),
            models.UniqueConstraint(fields=["meeting", "sequence"], name="one_change_a_number"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="a_meeting_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts"], condition=Q(ended_at=None), name="meeting_times_to_come"
            )
        ]


class SuggestedTime(WhenAndWhere):
    """One of the times from which those invited choose (a poll)."""

    public_id = models.UUIDField(default=uuid4, unique=True)
    suggested_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="a_suggestion_ends_after_it_starts"
            )
        ]


class Participant(MeetingPart):
    """Who is invited: the client, a professional, or a guest of the client's own by name."""

    class Kind(models.TextChoices):
        CLIENT = "client", _("asiakas")
        MEMBER = "member", _("työntekijä")
        GUEST = "guest", _("asiakkaan kutsuma")

    class Presence(models.TextChoices):
        UNKNOWN = "", _("ei kirjattu")
        PRESENT = "present", _("paikalla")
        ABSENT = "absent", _("poissa")

    public_id = models.UUIDField(default=uuid4, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    membership = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")
    person = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    presence = models.CharField(
        max_length=10, choices=Presence.choices, blank=True, default=Presence.UNKNOWN
    )
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="client", membership=None, person="")
                | Q(kind="member", membership__isnull=False, person="")
                | (Q(kind="guest", membership=None) & ~Q(person="")),
                name="a_participant_is_the_client_a_member_or_a_named_guest",
            ),
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                condition=Q(ended_at=None),
                name="nobody_is_invited_twice",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(kind="client"), name="the_client_once_a_meeting"
            ),
        ]


class Answer(MeetingPart):
    """What somebody invited says to the time, or to a suggested one; the last one counts."""

    class Says(models.TextChoices):
        YES = "yes", _("tulee")
        NO = "no", _("ei pääse")
        MOVE = "move", _("toivoo toista aikaa")

    participant = models.ForeignKey(Participant, models.RESTRICT, related_name="answers")
    time = models.ForeignKey(MeetingTime, models.RESTRICT, null=True, related_name="answers")
    suggestion = models.ForeignKey(
        SuggestedTime, models.RESTRICT, null=True, related_name="answers"
    )
    says = models.CharField(max_length=10, choices=Says.choices)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    # Null: the participant, on the own page or by the link.
    recorded_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(time__isnull=False, suggestion=None)
                | Q(time=None, suggestion__isnull=False),
                name="an_answer_is_to_one_time",
            )
        ]
        indexes = [models.Index(fields=["participant", "answered_at"], name="answer_by_person")]


class InvitingCall(MeetingPart):
    """A call to the client: inviting, reminding or telling that it is cancelled, with its outcome;
    unanswered, it comes back."""

    class Purpose(models.TextChoices):
        INVITE = "invite", _("kutsu")
        REMIND = "remind", _("muistutus")
        CANCEL = "cancel", _("peruminen")

    class Outcome(models.TextChoices):
        COMES = "comes", _("asiakas tulee")
        MOVE = "move", _("asiakas toivoo toista aikaa")
        NO = "no", _("asiakas ei halua tapaamista")
        TOLD = "told", _("asiakas sai tiedon")
        UNANSWERED = "unanswered", _("ei vastannut")

    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.INVITE)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField(blank=True)
    call_again_on = models.DateField(null=True)
    called_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="unanswered") | Q(call_again_on__isnull=False),
                name="who_did_not_answer_is_called_again",
            )
        ]


class MeetingNote(MeetingPart):
    """What was said, the client's view first, and the outcome; a wrong one is recalled."""

    class Outcome(models.TextChoices):
        REFERRER = "referrer", _("lähettäjä ohjaa palveluun")
        TEAM = "team", _("tiimi ohjaa palveluun")
        WORKER = "worker", _("vastuutyöntekijä nimetään")
        GOES_ON = "goes_on", _("jatketaan sovitusti")

    client_view = models.TextField()
    discussion = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    outcome_words = models.TextField(blank=True)
    next_check = models.DateField()
    written_by = models.ForeignKey(Membership, models.RESTRICT, related_name="+")
    written_at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(recalled_at=None), name="one_note_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(recalled_at=None) | ~Q(recall_reason=""),
                name="who_recalls_says_why",
            ),
        ]


class AgreedThing(MeetingPart):
    """What was agreed, as everybody in the room heard it: in the professional's sentence and in the
    client's, by whom and by when. The step goes on from there."""

    text = models.TextField()
    words = models.TextField()
    who = models.CharField(max_length=200)
    due = models.DateField()
    step = models.ForeignKey(Step, models.RESTRICT, related_name="+")
    agreed_at = models.DateTimeField()


class UnclearPoint(MeetingPart):
    """What stayed unclear to the client: a question that is answered by a day."""

    public_id = models.UUIDField(default=uuid4, unique=True)
    words = models.TextField()
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Membership, models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""),
                name="an_answered_question_has_words",
            )
        ]
