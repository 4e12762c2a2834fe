"""What a decision rests on outside the conventions: law, orders, agreements, rules.

Of the law no article is cited: those on micro-credentials could not be read in a
source, and the rule set names its legal basis as reference data.
"""

from typing import ClassVar

from recognition.enums import LegalInstrument
from recognition.grounds.base import Article


class Law199(Article):
    """Higher education, and recognition within it, is governed by the law on higher
    education.
    """

    instruments: ClassVar = (LegalInstrument.NATIONAL,)
    code = "L 199/2023"
    ro = (
        "Învățământul superior, cu recunoașterea în cadrul lui, este reglementat de "
        "legea învățământului superior."
    )
    cited_ro = "Legea nr. 199/2023"
    cited_en = "Law 199/2023"


class Order3223(Article):
    """Universities themselves recognise periods of study."""

    instruments: ClassVar = (LegalInstrument.NATIONAL,)
    code = "OM 3223/2012"
    ro = "Universitățile recunosc ele însele perioadele de studii."
    cited_ro = "Ordinul ministrului nr. 3223/2012"
    cited_en = "Ministerial order 3223/2012"


class Order6768(Article):
    """Transferable credits recognise competences and outcomes of lifelong learning."""

    instruments: ClassVar = (LegalInstrument.NATIONAL,)
    code = "OM 6768/2023"
    ro = (
        "Creditele transferabile recunosc competențe și rezultate ale învățării pe tot "
        "parcursul vieții."
    )
    cited_ro = "Ordinul ministrului nr. 6768/2023"
    cited_en = "Ministerial order 6768/2023"


class Order3619(Article):
    """Where substantial differences are found, compensatory measures may be ordered:
    difference exams, practice periods.
    """

    instruments: ClassVar = (LegalInstrument.NATIONAL,)
    code = "OM 3619/2018"
    ro = (
        "Unde se constată diferențe substanțiale, pot fi dispuse măsuri compensatorii: "
        "examene de diferență, stagii de practică."
    )
    cited_ro = "Ordinul ministrului nr. 3619/2018"
    cited_en = "Ministerial order 3619/2018"


class BilateralAgreement(Article):
    """The agreement between the two states, named in the reasons."""

    instruments: ClassVar = (LegalInstrument.BILATERAL,)
    code = "BILATERAL"
    ro = "Acordul dintre cele două state, numit în motive."
    cited_ro = "Acord bilateral"
    cited_en = "Bilateral agreement"


class InstitutionalAgreement(Article):
    """The agreement between the institutions, named in the reasons, valid on the day
    of the award.
    """

    instruments: ClassVar = (LegalInstrument.AGREEMENT,)
    code = "AGREEMENT"
    ro = "Acordul dintre instituții, numit în motive, valabil la data acordării."
    cited_ro = "Acord între instituții"
    cited_en = "Agreement between institutions"


class PublishedRules(Article):
    """The published procedure and criteria, in the version in force at filing."""

    instruments: ClassVar = (
        LegalInstrument.NATIONAL,
        LegalInstrument.BILATERAL,
        LegalInstrument.AGREEMENT,
        LegalInstrument.NONE,
    )
    code = "RULES"
    ro = "Procedura și criteriile publicate, în versiunea în vigoare la depunere."
    cited_ro = "Regulile instituției"
    cited_en = "Rules of the institution"


NATIONAL: tuple[type[Article], ...] = (
    Law199,
    Order3223,
    Order6768,
    Order3619,
    BilateralAgreement,
    InstitutionalAgreement,
    PublishedRules,
)
