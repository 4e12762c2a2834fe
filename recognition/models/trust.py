"""The register of trust: by what institutions are known, and who vouched for it."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa.models import Institution, User
from qa.models.record import everything
from recognition.enums import TrustAct, TrustKind, TrustStand
from recognition.models.checking import CredentialCheck

S = TrustStand


class TrustEntryQuerySet(models.QuerySet["TrustEntry"]):
    """Entries by where they stand, which follows from what was done about them."""

    def with_stand(self, known_until: datetime | None = None) -> "models.QuerySet[Any]":
        """Where each stands now, or stood as far as was known at a moment."""
        acts = TrustDecision.objects.filter(entry=OuterRef("pk"))
        if known_until is not None:
            acts = acts.filter(at__lte=known_until)
        ended = acts.filter(act=TrustAct.END)
        return self.annotate(
            stand=models.Case(
                models.When(Exists(ended), then=models.Value(S.ENDED.value)),
                models.When(
                    Exists(acts.filter(act=TrustAct.CONFIRM)),
                    then=models.Value(S.CONFIRMED.value),
                ),
                models.When(
                    Exists(acts.filter(act=TrustAct.REJECT)),
                    then=models.Value(S.REJECTED.value),
                ),
                default=models.Value(S.PROPOSED.value),
            ),
            last_day=Subquery(ended.values("last_day")[:1]),
        )


class TrustEntry(models.Model):
    """One identifier, key or anchor as somebody proposed it; never edited.

    A key that a verified file brought is proposed by nobody's word: `seen_in` names the
    check. What became of an entry is said by its decisions.
    """

    stands_unrecorded: ClassVar = True  # the register of trust is of no case

    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="trust_entries"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=TrustKind)
    value = models.TextField(_("value"))
    label = models.CharField(_("name"), max_length=200, blank=True)
    valid_from = models.DateField(_("holds from"), null=True, blank=True)
    valid_to = models.DateField(_("holds until"), null=True, blank=True)
    seen_in = models.ForeignKey(
        CredentialCheck, models.PROTECT, null=True, blank=True, related_name="proposed"
    )
    reason = models.TextField(_("why"), blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = TrustEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the register of trust")
        verbose_name_plural = _("entries of the register of trust")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "institution"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_trustentry_has_reason_or_was_seen",
                condition=Q(reason__regex=r"\S") | Q(seen_in__isnull=False),
            ),
            models.CheckConstraint(
                name="recognition_trustentry_only_anchors_are_nobodys",
                condition=Q(institution__isnull=False) | Q(kind=TrustKind.ANCHOR),
            ),
            models.CheckConstraint(
                name="recognition_trustentry_holds_forwards",
                condition=Q(valid_from=None)
                | Q(valid_to=None)
                | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.value

    def get_absolute_url(self) -> str:
        return reverse("recognition:trust_entry", args=[self.pk])

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)

    @property
    def whose(self) -> str:
        return str(self.institution) if self.institution else str(self)

    @property
    def why(self) -> str:
        """The reason given; of a key seen in a file, where it was seen."""
        if self.seen_in is None:
            return self.reason
        return gettext(
            "It made a signature that holds, in a file of %(case)s, and nobody had "
            "confirmed it before."
        ) % {"case": self.seen_in.application.case.number}


class TrustDecision(models.Model):
    """An entry confirmed, rejected or ended: who, when, why; never edited.

    An entry that was ended holds until `last_day` and stays in the register.
    """

    stands_unrecorded: ClassVar = True

    entry = models.ForeignKey(TrustEntry, models.PROTECT, related_name="decisions")
    act = models.CharField(_("act"), max_length=8, choices=TrustAct)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    reason = models.TextField(_("why"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("decision on the register of trust")
        verbose_name_plural = _("decisions on the register of trust")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "act"], name="recognition_trustdecision_once"
            ),
            models.CheckConstraint(
                name="recognition_trustdecision_has_reason",
                condition=Q(reason__regex=r"\S"),
            ),
            models.CheckConstraint(
                name="recognition_trustdecision_last_day_iff_ended",
                condition=Q(act=TrustAct.END, last_day__isnull=False)
                | ~Q(act=TrustAct.END) & Q(last_day=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.get_act_display()}"

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)


def held_until(entry: Any) -> date | None:
    """The earlier of its own last day and the day it was ended; None while open."""
    days = [day for day in (entry.valid_to, entry.last_day) if day is not None]
    return min(days, default=None)
