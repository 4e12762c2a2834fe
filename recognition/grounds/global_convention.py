"""Rules of the UNESCO Global Convention of 2019, by subject.

Its articles are not cited by number: the numbers could not be read in a source.
"""

from typing import ClassVar

from recognition.enums import LegalInstrument
from recognition.grounds.base import Article


class GlobalRule(Article):
    """A rule of the convention on which a decision may rest."""

    instruments: ClassVar = (LegalInstrument.GLOBAL_CONVENTION,)


class GCQualifications(GlobalRule):
    """Qualifications are recognised unless the assessing authority shows a
    substantial difference.
    """

    code = "GC"
    ro = (
        "Calificările sunt recunoscute, dacă autoritatea care evaluează nu dovedește "
        "o diferență substanțială."
    )
    cited_ro = "Convenția globală (UNESCO, 2019)"
    cited_en = "Global Convention (UNESCO, 2019)"


class GCPartialStudies(GlobalRule):
    """Partial studies are recognised unless the assessing authority shows a
    substantial difference.
    """

    code = "GC partial studies"
    ro = (
        "Studiile parțiale sunt recunoscute, dacă autoritatea care evaluează nu "
        "dovedește o diferență substanțială."
    )
    cited_ro = "Convenția globală (UNESCO, 2019), studii parțiale"
    cited_en = "Global Convention (UNESCO, 2019), partial studies"


class GCPriorLearning(GlobalRule):
    """The convention covers prior learning and non-traditional modes of learning."""

    code = "GC prior learning"
    ro = (
        "Convenția cuprinde învățarea anterioară și formele netradiționale de învățare."
    )
    cited_ro = "Convenția globală (UNESCO, 2019), învățare anterioară"
    cited_en = "Global Convention (UNESCO, 2019), prior learning"


class GCRefugees(GlobalRule):
    """The convention covers the qualifications of refugees and displaced persons."""

    code = "GC refugees"
    ro = "Convenția cuprinde calificările refugiaților și ale persoanelor strămutate."
    cited_ro = "Convenția globală (UNESCO, 2019), refugiați"
    cited_en = "Global Convention (UNESCO, 2019), refugees"


GLOBAL: tuple[type[Article], ...] = (
    GCQualifications,
    GCPartialStudies,
    GCPriorLearning,
    GCRefugees,
)
