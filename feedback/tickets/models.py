"""Tickets and what belongs to them: the conversation, its files, its history, and the counts of the queues."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consent.access.models import PersonalModel, PersonalQuerySet
from consent.sealing.fields import SealedField
from imsupport.ids import IdField, new_id


class Team(models.Model):
    """A group of agents; a ticket of a team is seen by its members, one of no team by every agent."""

    name = models.CharField(max_length=60, unique=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="teams", blank=True)

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word from the managers' list."""

    name = models.SlugField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name


class TicketQuerySet(PersonalQuerySet["Ticket"]):
    """Reads that follow the noun: `Ticket.objects.for_purpose(…).visible_to(agent_id)`."""

    def visible_to(self, agent_id: int) -> "TicketQuerySet":
        """Return the tickets of no team and of the agent's teams."""
        own = Team.members.through.objects.filter(user_id=agent_id).values("team_id")
        return self.filter(models.Q(team=None) | models.Q(team__in=own))

    def still_open(self) -> "TicketQuerySet":
        """Return the tickets that are not done with."""
        return self.exclude(state__in=Ticket.DONE)


class Ticket(PersonalModel):
    """One matter of one person, from the first message until it is closed."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        OPEN = "open", _("Open")
        WAITING = "waiting", _("Waiting for the person")
        SNOOZED = "snoozed", _("Snoozed")
        SOLVED = "solved", _("Solved")
        CLOSED = "closed", _("Closed")
        SPAM = "spam", _("Spam")

    DONE = (State.SOLVED, State.CLOSED, State.SPAM)

    class Priority(models.IntegerChoices):
        LOW = 1, _("Low")
        NORMAL = 2, _("Normal")
        HIGH = 3, _("High")
        URGENT = 4, _("Urgent")

    class Topic(models.TextChoices):
        PROBLEM = "problem", _("Something does not work")
        QUESTION = "question", _("A question")
        IDEA = "idea", _("An idea")
        ACCOUNT = "account", _("My account or payment")
        PRIVACY = "privacy", _("Privacy")
        SAFETY = "safety", _("Someone harms or threatens me")
        OTHER = "other", _("Something else")

    id = IdField(primary_key=True, default=new_id)
    ref = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    queue = models.GeneratedField(
        expression=models.Case(
            models.When(state__in=["new", "open"], then=models.Value("open")), default=models.F("state")
        ),
        output_field=models.CharField(max_length=8),
        db_persist=True,
    )
    """Where it waits: new and open are one queue, so that an index holds each queue in its order."""
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    topic = models.CharField(max_length=10, choices=Topic.choices, default=Topic.OTHER)
    channel = models.CharField(max_length=8)
    app_id = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    tags = models.JSONField(default=list)
    subject = SealedField(label="ticket.subject", null=True)
    sender_name = SealedField(label="ticket.sender_name", null=True)
    opening = SealedField(label="ticket.opening", null=True)
    needs = SealedField(label="ticket.needs", null=True)
    left_out = SealedField(label="ticket.left_out", null=True)
    """The category of each cut in its lines, which keep no marks."""
    needs_asked_at = models.DateTimeField(null=True, blank=True)
    """Since when a question about needs is open; empty once it was answered."""
    device = models.JSONField(default=dict)
    suspicions = models.JSONField(default=list)
    address = models.ForeignKey(
        "consent.Identifier", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    token_generation = models.PositiveSmallIntegerField(default=1)
    idempotency = models.BinaryField(max_length=32, unique=True)
    unread_answers = models.PositiveSmallIntegerField(default=0)
    activity_at = models.DateTimeField()
    snoozed_until = models.DateTimeField(null=True, blank=True)
    solved_at = models.DateTimeField(null=True, blank=True)
    stops_when_answered = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = TicketQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["queue", "-activity_at", "-id"], name="ticket_by_queue"),
            models.Index(fields=["queue", "-activity_at", "-id"], name="ticket_urgent", condition=models.Q(priority=4)),
            models.Index(fields=["assignee", "queue", "-activity_at", "-id"], name="ticket_by_assignee"),
            models.Index(fields=["-activity_at", "-id"], name="ticket_by_activity"),
            models.Index(fields=["person", "-collected_at"], name="ticket_of_person"),
            models.Index(
                fields=["solved_at"],
                name="ticket_to_erase",
                condition=models.Q(solved_at__isnull=False, erased_at__isnull=True),
            ),
            models.Index(fields=["person"], name="ticket_to_stop", condition=models.Q(stops_when_answered=True)),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        return self.state not in self.DONE


class Message(PersonalModel):
    """One entry of the conversation: the person's words, an agent's answer, or a note among agents."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ANSWER = "answer"
        NOTE = "note"

    id = IdField(primary_key=True, default=new_id)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, db_index=False, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    text = SealedField(label="message.text", null=True)
    marks = SealedField(label="message.marks", null=True)
    idempotency = models.BinaryField(max_length=32, null=True, unique=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="message_of_ticket")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Attachment(PersonalModel):
    """A file of a message: its name sealed here, its content sealed in the media store under `stored_as`."""

    id = IdField(primary_key=True, default=new_id)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, db_index=False, related_name="attachments")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    name = SealedField(label="attachment.name", null=True)
    left_out = SealedField(label="attachment.left_out", null=True)
    """The category of each cut in its name and its text."""
    content_type = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    stored_as = models.CharField(max_length=64)
    key_id = models.BigIntegerField()
    idempotency = models.BinaryField(max_length=32, null=True, unique=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "id"], name="attachment_of_ticket"),
            models.Index(fields=["stored_as"], name="attachment_stored_as"),
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk}"


class Event(models.Model):
    """What happened to a ticket, by whom; never with words of the person."""

    class Kind(models.TextChoices):
        OPENED = "opened"
        STATE = "state"
        PRIORITY = "priority"
        ASSIGNED = "assigned"
        TEAM = "team"
        TAGS = "tags"
        ANSWERED = "answered"
        NOTED = "noted"
        REPLIED = "replied"
        READ = "read"
        ERASED = "erased"
        HANDED_IN = "handed in"
        MAIL_FAILED = "mail failed"
        MAIL_AGAIN = "mail again"
        NEW_LINK = "new link"
        NEEDS_ASKED = "needs asked", _("Asked what they need")
        NEEDS_SAID = "needs said", _("Said what they need")
        PASS_ASKED = "pass asked", _("Asked whether it may be passed on")
        PASSED_ON = "passed on", _("Passed on")

    id = IdField(primary_key=True, default=new_id)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, db_index=False, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    actor_kind = models.CharField(max_length=8)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    before = models.CharField(max_length=80, blank=True)
    after = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "id"], name="event_of_ticket"),
            models.Index(fields=["at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on ticket {self.ticket_id}"


class QueueCount(models.Model):
    """How many tickets a state, team and assignee have; 0 stands for none. Folded from the changes."""

    state = models.CharField(max_length=8)
    team_id = models.BigIntegerField(default=0)
    assignee_id = models.BigIntegerField(default=0)
    tickets = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state", "team_id", "assignee_id"], name="queue_count_once")]

    def __str__(self) -> str:
        return f"{self.tickets} {self.state}"


class QueueChange(models.Model):
    """A change of a count, written with its cause and folded each minute."""

    id = models.BigAutoField(primary_key=True)
    state = models.CharField(max_length=8)
    team_id = models.BigIntegerField(default=0)
    assignee_id = models.BigIntegerField(default=0)
    change = models.SmallIntegerField()

    def __str__(self) -> str:
        return f"{self.change:+d} {self.state}"


class SpentKey(models.Model):
    """A key whose words were sealed anew under another one: noted with that change, destroyed right after it."""

    id = IdField(primary_key=True)

    def __str__(self) -> str:
        return f"spent key {self.pk}"


class StripCount(models.Model):
    """How many statements were left out on a day; no ticket, no person, no finer time.

    A row is of a category and a channel, or of a language alone: a category beside a rare language would tell of whom.
    statements: by the machine; released: kept because their writer said so; by_hand: left out by staff later.
    """

    day = models.DateField()
    category = models.CharField(max_length=12)
    channel = models.CharField(max_length=8)
    language = models.CharField(max_length=8, db_default="", default="")
    statements = models.PositiveIntegerField(default=0)
    released = models.PositiveIntegerField(db_default=0)
    by_hand = models.PositiveIntegerField(db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "category", "channel", "language"], name="strip_count_of_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.statements} {self.category or self.language} on {self.day}"
