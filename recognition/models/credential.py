"""The credential a learner brings: the eleven elements of EU Annex I, or their absence."""

from collections.abc import Callable
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa.models import Institution, IscedField, User
from qa.models.searched import Searched
from qa.vocabularies import AssessmentType, Participation, Supervision
from recognition.enums import Element, IssuerStatus, LevelKind, ProvisionScope
from recognition.models.application import RecognitionApplication

# Who stands behind a credential; they may be the same, and either may be unnamed.
PARTIES = ("issuer", "awarding_body")


class IncomingCredential(Searched):
    """What the document states; an element it does not state is listed in `missing`.

    Issuer, awarding body and provision are judged as of the day of the award.
    """

    application = models.OneToOneField(
        RecognitionApplication,
        models.PROTECT,
        primary_key=True,
        related_name="credential",
    )
    missing = models.JSONField(
        _("elements the document does not state"), default=list, blank=True
    )
    learner_given_name = models.CharField(
        _("learner's given name"), max_length=80, blank=True
    )
    learner_family_name = models.CharField(
        _("learner's family name"), max_length=80, blank=True
    )
    learner_birth_date = models.DateField(
        _("learner's date of birth"), null=True, blank=True
    )
    title = models.CharField(_("title as it stands"), max_length=240, blank=True)
    title_translated = models.CharField(
        _("title translated"), max_length=240, blank=True
    )
    issuer = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    issuer_name = models.CharField(_("issuer"), max_length=200, blank=True)
    issuer_country = models.CharField(
        _("country of the issuer"), max_length=2, blank=True
    )
    awarding_body = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    awarding_body_name = models.CharField(
        _("awarding body"), max_length=200, blank=True
    )
    awarding_body_country = models.CharField(
        _("country of the awarding body"), max_length=2, blank=True
    )
    issued_on = models.DateField(_("date of issuing"), null=True, blank=True)
    outcomes = models.JSONField(_("learning outcomes"), default=list, blank=True)
    ects = models.DecimalField(
        _("ECTS credits"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    workload_hours = models.PositiveIntegerField(
        _("workload in hours"), null=True, blank=True
    )
    level_kind = models.CharField(
        _("what it says of the level"), max_length=8, choices=LevelKind, blank=True
    )
    eqf_level = models.PositiveSmallIntegerField(
        _("EQF level"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
    )
    assessment_types = models.JSONField(
        _("types of assessment"), default=list, blank=True
    )
    participation_form = models.CharField(
        _("form of participation"), max_length=16, choices=Participation, blank=True
    )
    supervision = models.CharField(
        _("supervision and identity check"),
        max_length=24,
        choices=Supervision,
        blank=True,
    )
    qa_statement = models.TextField(_("what it says of quality assurance"), blank=True)
    grade = models.CharField(_("grade"), max_length=60, blank=True)
    isced_f = models.JSONField(
        _("fields of study (ISCED-F 2013)"), default=list, blank=True
    )
    esco_skills = models.JSONField(_("skills (ESCO)"), default=list, blank=True)
    verification_url = models.URLField(
        _("address for verification"), max_length=400, blank=True
    )
    # What a credential file says of a field, by the field: value, origin, raw, check;
    # by PARTIES, whom the office found where the list of institutions names nobody.
    origins = models.JSONField(default=dict, blank=True)
    words_folded = models.TextField(editable=False, blank=True)
    SEARCHED: ClassVar = {
        "words_folded": (
            "title",
            "title_translated",
            "learner_given_name",
            "learner_family_name",
            "issuer_name",
            "origins",
        )
    }

    issuer_status = models.CharField(
        _("issuer on the day of the award"),
        max_length=32,
        choices=IssuerStatus,
        blank=True,
    )
    awarding_body_status = models.CharField(
        _("awarding body on the day of the award"),
        max_length=32,
        choices=IssuerStatus,
        blank=True,
    )
    provision_scope = models.CharField(
        _("provision on the day of the award"),
        max_length=16,
        choices=ProvisionScope,
        blank=True,
    )
    status_basis = models.TextField(_("on what basis"), blank=True)
    status_as_of = models.DateField(null=True, blank=True)
    status_at = models.DateTimeField(null=True, blank=True)
    status_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("incoming credential")
        verbose_name_plural = _("incoming credentials")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_credential_eqf_level_iff_eqf",
                condition=Q(level_kind=LevelKind.EQF, eqf_level__range=(1, 8))
                | ~Q(level_kind=LevelKind.EQF) & Q(eqf_level=None),
            ),
            models.CheckConstraint(
                name="recognition_credential_status_at_and_by_together",
                condition=Q(status_at=None, status_by=None)
                | Q(status_at__isnull=False, status_by__isnull=False),
            ),
            models.CheckConstraint(
                name="recognition_credential_status_has_basis",
                condition=Q(
                    status_at=None,
                    issuer_status="",
                    awarding_body_status="",
                    provision_scope="",
                )
                | Q(
                    status_at__isnull=False,
                    issuer_status__in=IssuerStatus.values,
                    awarding_body_status__in=IssuerStatus.values,
                    provision_scope__in=ProvisionScope.values,
                )
                & ~Q(status_basis=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled credential"))

    def searched_text(self, field: str) -> str:
        """An issuer of our list keeps its own names; any other the name that was found."""
        if field == "origins":
            return self.found_name("issuer")
        return super().searched_text(field)

    @property
    def case_id(self) -> int:
        return self.application_id

    @property
    def issuer_display(self) -> str:
        return self._named("issuer")

    @property
    def awarding_body_display(self) -> str:
        return self._named("awarding_body")

    def _named(self, party: str) -> str:
        """The institution of our list, else whom the office found, else as it stands."""
        listed = getattr(self, party)
        stands: str = getattr(self, f"{party}_name")
        return listed.name if listed else self.found_name(party) or stands

    def found_name(self, party: str) -> str:
        """Issuer or awarding body by the name that the office found; what was stated
        stays beside it."""
        return str(self.origins.get(party, {}).get("name", ""))

    def is_named_nowhere(self, party: str) -> bool:
        """Whether the office looked, and found that nothing names this party."""
        return bool(self.origins.get(party, {}).get("is_named_nowhere", False))

    def is_resolved(self, party: str) -> bool:
        """Whether the party has a name, or is known to have none."""
        return bool(self._named(party).strip()) or self.is_named_nowhere(party)

    def states(self, element: str) -> bool:
        """Whether the document states the element."""
        return bool(_STATED[Element(element)](self))

    def unanswered(self) -> list[Element]:
        """Elements neither stated nor said to be missing."""
        return [
            element
            for element in Element
            if element not in self.missing and not self.states(element)
        ]

    def assessment_labels(self) -> list[str]:
        labels = dict(AssessmentType.choices)
        return [str(labels.get(kind, kind)) for kind in self.assessment_types]

    def fields_of_study(self) -> list[str]:
        """Each code with the name of its field, where ours has it."""
        names = {
            one.code: one.name
            for one in IscedField.objects.filter(code__in=self.isced_f)
        }
        return [f"{code} {names.get(code, '')}".strip() for code in self.isced_f]


_STATED: dict[Element, Callable[[IncomingCredential], object]] = {
    Element.LEARNER: lambda c: c.learner_given_name and c.learner_family_name,
    Element.TITLE: lambda c: c.title,
    Element.ISSUER_COUNTRY: lambda c: c.issuer_country,
    Element.AWARDING_BODY: lambda c: c.awarding_body_id or c.awarding_body_name,
    Element.ISSUED_ON: lambda c: c.issued_on,
    Element.OUTCOMES: lambda c: c.outcomes,
    Element.WORKLOAD: lambda c: c.ects or c.workload_hours,
    Element.LEVEL: lambda c: c.eqf_level or c.level_kind == LevelKind.NONE,
    Element.ASSESSMENT: lambda c: c.assessment_types,
    Element.PARTICIPATION: lambda c: c.participation_form,
    Element.QUALITY_ASSURANCE: lambda c: c.qa_statement.strip(),
}
