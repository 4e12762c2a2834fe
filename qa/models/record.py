"""The record: cases, their append-only events, the seals over all of them, documents."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa.enums import CaseKind, Confidentiality
from qa.models.people import User

EMPTY: tuple[Any, ...] = (None, "", [], {})


def everything(thing: models.Model) -> dict[str, Any]:
    """All columns of a row that say something, for the digest of one that never changes.

    Empty ones are left out: a column that a later release adds is empty in old rows and
    leaves their digests as they were.
    """
    told = {f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields}
    return {name: value for name, value in told.items() if value not in EMPTY}


def every(rows: models.Manager[Any]) -> list[dict[str, Any]]:
    """All columns of the rows that belong to a thing, in the order they were made."""
    return [everything(one) for one in rows.order_by("pk")]


class Case(models.Model):
    """One micro-credential with everything under it, or one recognition application.

    The row owns the lock, the event sequence and the head of the hash chain.
    """

    kind = models.CharField(max_length=32, choices=CaseKind)
    number = models.CharField(max_length=32, unique=True)
    events_written = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def __str__(self) -> str:
        return self.number

    @classmethod
    def lock(cls, pk: int) -> "Case":
        """Lock the case row until the transaction ends; everything locks it first."""
        return cls.objects.select_for_update().get(pk=pk)


class Event(models.Model):
    """One act in a case. Append-only: references, plain values and the words of the act.

    The reason given for an act, be it a ruling on a conflict or why somebody steps
    back, is kept as long as the record; what people declare of conflicts, file or draft
    stands outside it, and here only by its hash.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    row = models.CharField(max_length=8, blank=True)
    thing = models.CharField(max_length=64)
    thing_id = models.BigIntegerField()
    act = models.CharField(max_length=64)
    from_state = models.CharField(max_length=32, blank=True)
    to_state = models.CharField(max_length=32, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    machine_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    legal_basis = models.CharField(max_length=200, blank=True)
    rule_set = models.CharField(max_length=32, blank=True)
    standard_set = models.CharField(max_length=32, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering: ClassVar = ["case", "sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "sequence"], name="qa_event_sequence_in_case"
            ),
            models.CheckConstraint(
                name="qa_event_sequence_starts_at_one", condition=Q(sequence__gte=1)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["thing", "thing_id"])]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.sequence} {self.row} {self.act}"


class Seal(models.Model):
    """A signed link over the heads of all cases changed since the seal before.

    `heads` is an ordered list of [case id, case number, events, head].
    """

    sequence = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    machine_at = models.DateTimeField()
    heads = models.JSONField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    key_id = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering: ClassVar = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} · {self.at:%Y-%m-%d %H:%M}"


class SealedHead(models.Model):
    """Which head of a case the last seal covered; says what the next seal must take."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True)
    events = models.PositiveIntegerField()
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sealed head")
        verbose_name_plural = _("sealed heads")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.events}"


class Document(models.Model):
    """A file of a case with its hash; what was filed is never replaced in place."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2, blank=True)
    confidentiality = models.CharField(
        max_length=16, choices=Confidentiality, default=Confidentiality.INTERNAL
    )
    file = models.FileField(upload_to="documents/%Y/%m", blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    registry_number = models.CharField(max_length=32, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering: ClassVar = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.title

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)
