"""People, their institution and units, and the dated appointments that let them act."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qa.enums import InstitutionalStatus, Role, UnitKind
from qa.models.searched import Searched


def in_local_language(ro: str, en: str) -> str:
    """The half of a bilingual text that the reader's language asks for."""
    return (ro or en) if (get_language() or "en").startswith("ro") else (en or ro)


class Institution(Searched):
    """A higher education institution or other provider, ours or a partner."""

    code = models.CharField(max_length=32, unique=True)
    name_ro = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=80, blank=True)
    identifier = models.CharField(max_length=80, blank=True, help_text="DEQAR or ETER")
    web_domain = models.CharField(max_length=120, blank=True)
    is_higher_education = models.BooleanField(default=True)
    is_own = models.BooleanField(default=False)
    letterhead_ro = models.TextField(blank=True)
    letterhead_en = models.TextField(blank=True)
    name_folded = models.TextField(editable=False, blank=True)
    SEARCHED: ClassVar = {"name_folded": ("name_ro", "name_en")}

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_own"],
                condition=Q(is_own=True),
                name="qa_institution_one_is_own",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_local_language(self.name_ro, self.name_en)

    def is_accredited_on(self, day: date) -> bool:
        """Whether a valid accreditation or provisional authorisation covers the day."""
        return any(a.covers(day) for a in self.accreditations.all())


class InstitutionalAccreditation(models.Model):
    """A period in which an agency's decision covers the institution."""

    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="accreditations"
    )
    agency = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=InstitutionalStatus)
    reference = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    covers_short_provision = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("institutional accreditation")
        verbose_name_plural = _("institutional accreditations")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="qa_institutionalaccreditation_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution.code} · {self.agency} {self.valid_from:%Y}"

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (
            self.valid_to is None or day <= self.valid_to
        )


class Unit(models.Model):
    """A faculty, department or office of the own institution."""

    code = models.CharField(max_length=32, unique=True)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(max_length=16, choices=UnitKind)
    name_ro = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_local_language(self.name_ro, self.name_en)

    @property
    def faculty(self) -> "Unit":
        """The faculty this unit belongs to; itself for a faculty or an office."""
        return self.parent if self.parent_id else self  # type: ignore[return-value]


class UserManager(BaseUserManager["User"]):
    """People sign in with their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields
    ) -> "User":
        fields |= {"is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(Searched, AbstractUser):
    """A person, or the one service user who signs the acts of time."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80)
    title = models.CharField(_("academic title"), max_length=40, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people"
    )
    affiliation = models.CharField(_("affiliation"), max_length=160, blank=True)
    trained_on = models.DateField(_("trained as reviewer on"), null=True, blank=True)
    language = models.CharField(max_length=2, default="ro")
    is_service = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    name_folded = models.TextField(editable=False, blank=True)

    SEARCHED: ClassVar = {"name_folded": ("title", "given_name", "family_name")}
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["given_name", "family_name"]
    objects: ClassVar = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_service"],
                condition=Q(is_service=True),
                name="qa_user_one_is_service",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return " ".join(filter(None, (self.title, self.given_name, self.family_name)))

    def get_short_name(self) -> str:
        return f"{self.given_name[:1]}. {self.family_name}"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current_on(self, day: date) -> "AppointmentQuerySet":
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Appointment(models.Model):
    """A person holds a role, for a unit or the whole institution, from one day to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=32, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="qa_appointment_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
