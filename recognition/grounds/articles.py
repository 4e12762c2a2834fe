"""Which articles a decision may rest on, and which it usually rests on."""

from collections.abc import Iterable

from recognition.enums import LegalInstrument, Purpose, Track
from recognition.grounds.base import Article
from recognition.grounds.global_convention import (
    GLOBAL,
    GCPartialStudies,
    GCPriorLearning,
    GCQualifications,
    GCRefugees,
)
from recognition.grounds.lisbon import (
    LISBON,
    LRCIII3,
    LRCIII5,
    LRCIV1,
    LRCV1,
    LRCVI1,
    LRCVII,
)
from recognition.grounds.national import (
    NATIONAL,
    BilateralAgreement,
    InstitutionalAgreement,
    Law199,
    Order3223,
    Order6768,
    PublishedRules,
)

Articles = tuple[type[Article], ...]
ARTICLES: Articles = (*LISBON, *GLOBAL, *NATIONAL)

_STUDY = (Purpose.CREDIT, Purpose.EXEMPTION, Purpose.STACKING)


def articles_of(instrument: str) -> Articles:
    """The articles of the instrument that governs a case."""
    return tuple(one for one in ARTICLES if instrument in one.instruments)


def articles_named(codes: Iterable[str]) -> Articles:
    """The articles of stored codes, in their order."""
    by_code = {one.code: one for one in ARTICLES}
    return tuple(by_code[code] for code in codes)


def articles_for(
    instrument: str, purpose: str, track: str, *, as_requested: bool
) -> Articles:
    """The articles a decision of this kind usually rests on."""
    if instrument == LegalInstrument.LISBON:
        return _lisbon(purpose, track, as_requested=as_requested)
    if instrument == LegalInstrument.GLOBAL_CONVENTION:
        return _global(purpose, track, as_requested=as_requested)
    if instrument == LegalInstrument.NATIONAL:
        return (_national(purpose, track), PublishedRules)
    if instrument == LegalInstrument.BILATERAL:
        return (BilateralAgreement, PublishedRules)
    if instrument == LegalInstrument.AGREEMENT:
        return (InstitutionalAgreement, PublishedRules)
    return (PublishedRules,)


def _lisbon(purpose: str, track: str, *, as_requested: bool) -> Articles:
    found: list[type[Article]] = [LRCVI1]
    if purpose in _STUDY:
        found = [LRCV1]
    elif purpose == Purpose.ADMISSION:
        found = [LRCIV1]
    if track == Track.REFUGEE:
        found.append(LRCVII)
    if not as_requested:
        found += [LRCIII3, LRCIII5]
    return tuple(found)


def _global(purpose: str, track: str, *, as_requested: bool) -> Articles:
    found: list[type[Article]] = [
        GCPartialStudies if purpose in _STUDY else GCQualifications
    ]
    if track == Track.PRIOR_LEARNING:
        found.append(GCPriorLearning)
    if track == Track.REFUGEE:
        found.append(GCRefugees)
    if not as_requested and GCQualifications not in found:
        found.append(GCQualifications)
    return tuple(found)


def _national(purpose: str, track: str) -> type[Article]:
    if track == Track.PRIOR_LEARNING:
        return Order6768
    return Order3223 if purpose in _STUDY else Law199
