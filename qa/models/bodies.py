"""Collegial bodies, who sits in them, and the gapless registers of their acts."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa.enums import BodyKind, BodySeat, MembershipFunction
from qa.models.people import Institution, Unit, User, in_local_language


class Body(models.Model):
    """A body or office that issues acts under its own numbers."""

    code = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=32, choices=BodyKind)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="bodies")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="bodies"
    )
    name_ro = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_local_language(self.name_ro, self.name_en)

    def members_on(self, day: date) -> models.QuerySet["Membership"]:
        """Members in office on the day, voting or not, in a stable order."""
        return (
            self.memberships.filter(
                Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day
            )
            .select_related("user")
            .order_by("function", "user__family_name", "pk")
        )


class Membership(models.Model):
    """A person's seat in a body, from one day to another."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    function = models.CharField(
        max_length=16, choices=MembershipFunction, default=MembershipFunction.MEMBER
    )
    seat = models.CharField(max_length=16, choices=BodySeat, default=BodySeat.STAFF)
    votes = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="qa_membership_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.body}"


class Register(models.Model):
    """The last number given in a gapless yearly register, by name ("acts/SENAT")."""

    name = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name", "year"], name="qa_register_one_per_name_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}: {self.last_number}"


class Closure(models.Model):
    """A day on which the institution does not work, beyond public holidays."""

    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="closures"
    )
    day = models.DateField()
    reason = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "day"], name="qa_closure_one_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.reason}"
