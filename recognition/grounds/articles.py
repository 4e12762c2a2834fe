"""Articles of the Lisbon Recognition Convention."""

from recognition.enums import Purpose, Track
from recognition.grounds.base import Ground


class Article(Ground):
    """An article of the convention on which a decision may rest."""


class LRCIII1(Article):
    """Everybody has the right to an assessment on request, without discrimination."""

    code = "LRC III.1"
    ro = "Oricine are dreptul la evaluare, la cerere, fără discriminare."


class LRCIII2(Article):
    """Procedures and criteria are transparent, coherent and reliable."""

    code = "LRC III.2"
    ro = "Procedurile și criteriile sunt transparente, coerente și fiabile."


class LRCIII3(Article):
    """The assessing body shows that a requirement is not met, not the applicant
    that it is.
    """

    code = "LRC III.3"
    ro = (
        "Instituția care evaluează arată că o cerință nu este îndeplinită, "
        "nu solicitantul că este."
    )


class LRCIII5(Article):
    """The decision comes within a limit fixed beforehand; what is withheld is
    reasoned, with the measures for later recognition and a remedy.
    """

    code = "LRC III.5"
    ro = (
        "Decizia vine într-un termen stabilit dinainte; refuzul este motivat și arată "
        "măsurile pentru o recunoaștere ulterioară și calea de atac."
    )


class LRCIV1(Article):
    """Qualifications that give access are recognised unless a substantial
    difference is shown.
    """

    code = "LRC IV.1"
    ro = (
        "Calificările care dau acces sunt recunoscute, dacă nu se dovedește "
        "o diferență substanțială."
    )


class LRCV1(Article):
    """Periods of study are recognised unless a substantial difference is shown."""

    code = "LRC V.1"
    ro = (
        "Perioadele de studii sunt recunoscute, dacă nu se dovedește "
        "o diferență substanțială."
    )


class LRCVI1(Article):
    """Higher education qualifications are recognised unless a substantial
    difference is shown.
    """

    code = "LRC VI.1"
    ro = (
        "Calificările din învățământul superior sunt recunoscute, dacă nu se dovedește "
        "o diferență substanțială."
    )


class LRCVII(Article):
    """Refugees and displaced persons are assessed fairly even without documents."""

    code = "LRC VII"
    ro = (
        "Refugiații și persoanele strămutate sunt evaluați echitabil și fără documente."
    )


ARTICLES: tuple[type[Article], ...] = (
    LRCIII1,
    LRCIII2,
    LRCIII3,
    LRCIII5,
    LRCIV1,
    LRCV1,
    LRCVI1,
    LRCVII,
)

_ARTICLE_OF_PURPOSE: dict[str, type[Article]] = {
    Purpose.CREDIT: LRCV1,
    Purpose.EXEMPTION: LRCV1,
    Purpose.STACKING: LRCV1,
    Purpose.ADMISSION: LRCIV1,
    Purpose.EMPLOYMENT: LRCVI1,
    Purpose.STATEMENT: LRCVI1,
}


def articles_for(
    purpose: str, track: str, *, as_requested: bool
) -> tuple[type[Article], ...]:
    """The articles a decision of this kind usually rests on."""
    found: list[type[Article]] = [_ARTICLE_OF_PURPOSE.get(purpose, LRCV1)]
    if track == Track.REFUGEE:
        found.append(LRCVII)
    if not as_requested:
        found += [LRCIII3, LRCIII5]
    return tuple(found)
