"""Articles of the Lisbon Recognition Convention."""

from typing import ClassVar

from recognition.enums import LegalInstrument
from recognition.grounds.base import Article


class LisbonArticle(Article):
    """An article of the convention on which a decision may rest."""

    instruments: ClassVar = (LegalInstrument.LISBON,)

    @classmethod
    def citation(cls, language: str) -> str:
        number = cls.code.removeprefix("LRC ")
        if language.startswith("ro"):
            return f"Convenția de la Lisabona, art. {number}"
        return f"Lisbon Recognition Convention, art. {number}"


class LRCIII1(LisbonArticle):
    """Everybody has the right to an assessment on request, without discrimination."""

    code = "LRC III.1"
    ro = "Oricine are dreptul la evaluare, la cerere, fără discriminare."


class LRCIII2(LisbonArticle):
    """Procedures and criteria are transparent, coherent and reliable."""

    code = "LRC III.2"
    ro = "Procedurile și criteriile sunt transparente, coerente și fiabile."


class LRCIII3(LisbonArticle):
    """The assessing body shows that a requirement is not met, not the applicant
    that it is.
    """

    code = "LRC III.3"
    ro = (
        "Instituția care evaluează arată că o cerință nu este îndeplinită, "
        "nu solicitantul că este."
    )


class LRCIII5(LisbonArticle):
    """The decision comes within a limit fixed beforehand; what is withheld is
    reasoned, with the measures for later recognition and a remedy.
    """

    code = "LRC III.5"
    ro = (
        "Decizia vine într-un termen stabilit dinainte; refuzul este motivat și arată "
        "măsurile pentru o recunoaștere ulterioară și calea de atac."
    )


class LRCIV1(LisbonArticle):
    """Qualifications that give access are recognised unless a substantial
    difference is shown.
    """

    code = "LRC IV.1"
    ro = (
        "Calificările care dau acces sunt recunoscute, dacă nu se dovedește "
        "o diferență substanțială."
    )


class LRCV1(LisbonArticle):
    """Periods of study are recognised unless a substantial difference is shown."""

    code = "LRC V.1"
    ro = (
        "Perioadele de studii sunt recunoscute, dacă nu se dovedește "
        "o diferență substanțială."
    )


class LRCVI1(LisbonArticle):
    """Higher education qualifications are recognised unless a substantial
    difference is shown.
    """

    code = "LRC VI.1"
    ro = (
        "Calificările din învățământul superior sunt recunoscute, dacă nu se dovedește "
        "o diferență substanțială."
    )


class LRCVII(LisbonArticle):
    """Refugees and displaced persons are assessed fairly even without documents."""

    code = "LRC VII"
    ro = (
        "Refugiații și persoanele strămutate sunt evaluați echitabil și fără documente."
    )


LISBON: tuple[type[Article], ...] = (
    LRCIII1,
    LRCIII2,
    LRCIII3,
    LRCIII5,
    LRCIV1,
    LRCV1,
    LRCVI1,
    LRCVII,
)
