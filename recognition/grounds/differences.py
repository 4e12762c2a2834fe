"""What usually is a substantial difference, and what usually is not."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recognition.enums import Difference
from recognition.grounds.base import Ground


class DifferenceGround(Ground):
    """A typical difference; it advises the assessor and never decides."""

    is_usually_substantial: ClassVar[bool]


class SD1LevelGap(DifferenceGround):
    """The level is lower than the purpose needs."""

    code, is_usually_substantial = "SD-1", True
    ro = "Nivelul este inferior celui cerut de scop."


class SD2NoAssessment(DifferenceGround):
    """Nothing was assessed, or without supervision and identity check where the
    purpose needs proof.
    """

    code, is_usually_substantial = "SD-2", True
    ro = (
        "Nu s-a evaluat nimic, sau s-a evaluat fără supraveghere și verificarea "
        "identității, deși scopul cere dovadă."
    )


class SD3WorkloadFarBelow(DifferenceGround):
    """The workload is far below what the purpose counts; consider partial
    recognition.
    """

    code, is_usually_substantial = "SD-3", True
    ro = (
        "Volumul de muncă este mult sub cel socotit de scop; luați în considerare "
        "recunoașterea parțială."
    )


class SD4NoQualityAssurance(DifferenceGround):
    """No quality assurance stands behind issuer or provision; consider recognition
    of prior learning before a refusal.
    """

    code, is_usually_substantial = "SD-4", True
    ro = (
        "Emitentul sau furnizarea nu are nicio asigurare a calității; înaintea unui "
        "refuz luați în considerare recunoașterea învățării anterioare."
    )


class SD5KeyOutcomeAbsent(DifferenceGround):
    """An outcome is absent on which the later learning builds."""

    code, is_usually_substantial = "SD-5", True
    ro = "Lipsește un rezultat pe care se clădește învățarea ulterioară."


class SD6OutcomesOutdated(DifferenceGround):
    """The outcomes are outdated in a field that moves fast."""

    code, is_usually_substantial = "SD-6", True
    ro = "Rezultatele sunt depășite într-un domeniu care se schimbă repede."


class ND1FormDiffers(DifferenceGround):
    """Title, sequence, teaching method or mode differ."""

    code, is_usually_substantial = "ND-1", False
    ro = "Diferă denumirea, ordinea, metoda de predare sau forma."


class ND2DurationDiffers(DifferenceGround):
    """The duration differs while the outcomes are equal."""

    code, is_usually_substantial = "ND-2", False
    ro = "Diferă durata, iar rezultatele sunt aceleași."


class ND3FewCreditsDiffer(DifferenceGround):
    """A credit more or less, with the essential outcomes covered."""

    code, is_usually_substantial = "ND-3", False
    ro = "Un credit în plus sau în minus, cu rezultatele esențiale acoperite."


class ND4InstitutionalQuality(DifferenceGround):
    """Quality is assured at the level of the institution, not of the programme."""

    code, is_usually_substantial = "ND-4", False
    ro = "Calitatea este asigurată la nivelul instituției, nu al programului."


class ND5ElectiveContent(DifferenceGround):
    """Elective content differs."""

    code, is_usually_substantial = "ND-5", False
    ro = "Diferă conținutul opțional."


class ND6GradeScale(DifferenceGround):
    """The scale of grades differs."""

    code, is_usually_substantial = "ND-6", False
    ro = "Diferă scala de notare."


DIFFERENCES: tuple[type[DifferenceGround], ...] = (
    SD1LevelGap,
    SD2NoAssessment,
    SD3WorkloadFarBelow,
    SD4NoQualityAssurance,
    SD5KeyOutcomeAbsent,
    SD6OutcomesOutdated,
    ND1FormDiffers,
    ND2DurationDiffers,
    ND3FewCreditsDiffer,
    ND4InstitutionalQuality,
    ND5ElectiveContent,
    ND6GradeScale,
)

# What was found of a difference, and whether its ground says that it is substantial.
_IS_SUBSTANTIAL = {
    Difference.SUBSTANTIAL: True,
    Difference.NON_SUBSTANTIAL: False,
    Difference.NONE: False,
}
_CONTRADICTIONS = {
    True: _("This is usually no substantial difference: choose another, or none."),
    False: _("This is usually a substantial difference: choose another, or none."),
}


def contradiction(code: str, difference: str) -> str | Promise:
    """Why a usual ground does not go with what was found; empty where it does."""
    found = _IS_SUBSTANTIAL.get(difference)  # type: ignore[call-overload]
    usual = {one.code: one.is_usually_substantial for one in DIFFERENCES}
    if found is None or usual.get(code, found) is found:
        return ""
    return _CONTRADICTIONS[found]
