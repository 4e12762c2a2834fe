"""The lines of the comparison grids: five elements, or seven for prior learning."""

from typing import ClassVar

from qa.models.people import in_local_language
from recognition.enums import Track
from recognition.grounds.base import Ground


class Criterion(Ground):
    """One line of a comparison grid; `key` names it in data."""

    key: ClassVar[str]
    label_ro: ClassVar[str]
    label_en: ClassVar[str]

    @classmethod
    def label(cls) -> str:
        return in_local_language(cls.label_ro, cls.label_en)


# The five elements of a qualification (EAR manual).


class EAR1Level(Criterion):
    """At which level of the qualifications frameworks does the learning stand?"""

    code, key = "EAR-1", "level"
    label_ro, label_en = "Nivel", "Level"
    ro = "La ce nivel al cadrelor calificărilor se situează învățarea?"


class EAR2Workload(Criterion):
    """How much work does the learning take, in credits or hours?"""

    code, key = "EAR-2", "workload"
    label_ro, label_en = "Volum de muncă", "Workload"
    ro = "Cât volum de muncă presupune învățarea, în credite sau ore?"


class EAR3Quality(Criterion):
    """Which quality assurance stands behind issuer and provision?"""

    code, key = "EAR-3", "quality"
    label_ro, label_en = "Calitate", "Quality"
    ro = "Ce asigurare a calității stă în spatele emitentului și al furnizării?"


class EAR4Profile(Criterion):
    """What is the learning for: its purpose, orientation and content?"""

    code, key = "EAR-4", "profile"
    label_ro, label_en = "Profil", "Profile"
    ro = "La ce servește învățarea: scop, orientare și conținut?"


class EAR5LearningOutcomes(Criterion):
    """Which of the outcomes that the purpose asks for are shown?"""

    code, key = "EAR-5", "outcomes"
    label_ro, label_en = "Rezultatele învățării", "Learning outcomes"
    ro = "Care dintre rezultatele cerute de scop sunt dovedite?"


# The seven criteria for online and prior learning (e-VALUATE).


class EV1CourseQuality(Criterion):
    """How good is the course: provider, teachers, review by others?"""

    code, key = "EV-1", "quality"
    label_ro, label_en = "Calitatea cursului", "Quality of the course"
    ro = "Cât de bun este cursul: furnizor, cadre didactice, evaluarea de către alții?"


class EV2Verification(Criterion):
    """Can the certificate be verified?"""

    code, key = "EV-2", "verification"
    label_ro, label_en = "Verificarea certificatului", "Verification of the certificate"
    ro = "Poate fi verificat certificatul?"


class EV3Level(Criterion):
    """At which level was the learning?"""

    code, key = "EV-3", "level"
    label_ro, label_en = "Nivel", "Level"
    ro = "La ce nivel a fost învățarea?"


class EV4LearningOutcomes(Criterion):
    """Which outcomes does the learner show?"""

    code, key = "EV-4", "outcomes"
    label_ro, label_en = "Rezultatele învățării", "Learning outcomes"
    ro = "Ce rezultate ale învățării dovedește cursantul?"


class EV5Workload(Criterion):
    """How much work did it take?"""

    code, key = "EV-5", "workload"
    label_ro, label_en = "Volum de muncă", "Workload"
    ro = "Cât volum de muncă a presupus?"


class EV6Testing(Criterion):
    """How were the results of the learning tested?"""

    code, key = "EV-6", "testing"
    label_ro, label_en = "Modul de testare", "How results were tested"
    ro = "Cum au fost testate rezultatele învățării?"


class EV7Identification(Criterion):
    """Was the participant identified?"""

    code, key = "EV-7", "identification"
    label_ro, label_en = (
        "Identificarea participantului",
        "Identification of the learner",
    )
    ro = "A fost identificat participantul?"


EAR_GRID: tuple[type[Criterion], ...] = (
    EAR1Level,
    EAR2Workload,
    EAR3Quality,
    EAR4Profile,
    EAR5LearningOutcomes,
)
EVALUATE_GRID: tuple[type[Criterion], ...] = (
    EV1CourseQuality,
    EV2Verification,
    EV3Level,
    EV4LearningOutcomes,
    EV5Workload,
    EV6Testing,
    EV7Identification,
)


def grid_of(track: str) -> tuple[type[Criterion], ...]:
    """The comparison grid of a track: the seven criteria for prior learning."""
    return EVALUATE_GRID if track == Track.PRIOR_LEARNING else EAR_GRID
