"""Vocabularies of the EU standard elements of a micro-credential (Annex I, ELM)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scenario(TextChoices):
    NATIONAL = "national", _("National")
    ALLIANCE = "alliance", _("European alliance")
    LIFELONG_LEARNING = "lifelong_learning", _("Lifelong learning")


class QaType(TextChoices):
    """Annex I, element 11: type of quality assurance underpinning the award."""

    INTERNAL = (
        "internal_qa_of_accredited_hei",
        _("Internal quality assurance of an accredited institution"),
    )
    PROGRAMME = "programme_level_eqa", _("External quality assurance of the programme")
    PART = "part_of_accredited_programme", _("Part of an accredited programme")
    INSTITUTIONAL = "institutional_eqa", _("Institutional external quality assurance")
    SECTORAL = "sectoral_label", _("Sectoral label")
    OTHER = "other", _("Other")


class Cycle(TextChoices):
    """QF-EHEA cycles."""

    SHORT = "short", _("Short cycle")
    FIRST = "first", _("First cycle")
    SECOND = "second", _("Second cycle")
    THIRD = "third", _("Third cycle")


CYCLE_OF_EQF = {5: Cycle.SHORT, 6: Cycle.FIRST, 7: Cycle.SECOND, 8: Cycle.THIRD}


class Supervision(TextChoices):
    """Supervision and identity verification during assessment."""

    UNSUPERVISED_NO_ID = (
        "unsupervised_no_id",
        _("Unsupervised, identity not verified"),
    )
    SUPERVISED_NO_ID = "supervised_no_id", _("Supervised, identity not verified")
    SUPERVISED_WITH_ID = "supervised_with_id", _("Supervised, identity verified")


class AssessmentSetting(TextChoices):
    ONLINE = "online", _("Online")
    ONSITE = "onsite", _("On site")


class Participation(TextChoices):
    """Annex I, element 10: form of participation (ELM learning modes)."""

    ONLINE = "online", _("Online")
    BLENDED = "blended", _("Blended")
    PRESENTIAL = "presential", _("On site")
    WORKBASED = "workbased", _("Work-based")
    PROJECT_BASED = "project_based", _("Project-based")
    RESEARCH_LAB = "research_lab", _("Research laboratory")


class AssessmentType(TextChoices):
    """Annex I, element 9: type of assessment (ELM vocabulary, 14 values)."""

    PEER_ASSESSMENT = "peer_assessment", _("Peer assessment")
    MARKED_ASSIGNMENT = "marked_assignment", _("Marked assignment")
    CONTINUOUS = "continuous_evaluation", _("Continuous evaluation")
    PORTFOLIO = "portfolio", _("Portfolio")
    GROUP_PERFORMANCE = "group_performance", _("Group performance")
    PRACTICAL = "practical_assessment", _("Practical assessment")
    WRITTEN_EXAMINATION = "written_examination", _("Written examination")
    ATTENDANCE = "attendance", _("Level of attendance")
    PROJECT_WORK = "project_work", _("Project work")
    PEER_REVIEW = "peer_review", _("Peer review")
    QUIZ = "quiz", _("Quiz")
    PROBLEM_BASED = "problem_based_learning", _("Problem-based learning")
    ORAL_EXAMINATION = "oral_examination", _("Oral examination")
    ARTEFACT = "artefact_assessment", _("Artefact assessment")


class Stackability(TextChoices):
    STANDALONE = "standalone", _("Stand-alone")
    STACKABLE = "stackable", _("Stackable")


class IssuingFormat(TextChoices):
    EDC_ELM = "edc_elm", _("European Digital Credential (ELM)")
    OPEN_BADGE = "open_badge", _("Open Badge")
    SIGNED_PDF = "signed_pdf", _("Signed PDF")
    PAPER_WITH_CODE = "paper_with_code", _("Paper with verification code")


class ConsultationKind(TextChoices):
    EMPLOYER = "employer", _("Employer")
    STUDENT = "student", _("Students")
    GRADUATE = "graduate", _("Graduates")
    PROFESSIONAL_BODY = "professional_body", _("Professional body")
    OTHER = "other", _("Other")


class Frequency(TextChoices):
    EACH_EDITION = "each_edition", _("Each edition")
    ANNUAL = "annual", _("Every year")
    BIANNUAL = "biannual", _("Twice a year")


class AgreementTopic(TextChoices):
    """What a cooperation agreement must cover (European Approach, standard 1.3)."""

    AWARD = "award", _("Name of the award")
    COORDINATION = "coordination", _("Coordination, responsibilities and finance")
    ADMISSION = "admission", _("Admission and selection")
    MOBILITY = "mobility", _("Mobility of students and teachers")
    EXAMINATION = "examination", _("Examination, assessment and recognition of credits")
