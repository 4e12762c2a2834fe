"""Codes and words of credentials for what our own lists hold.

The codes are those of the European Learning Model, the same in every language; the
words are the labels of our own lists in our languages, and those of national extensions.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation

from qa.folded import folded
from qa.vocabularies import AssessmentType, Participation, Supervision
from recognition.credentials.claims import ESCO, Claim

ISCED_CODE = re.compile(r"\d{2,4}")  # of a broad, a narrow or a detailed field
ESCO_SKILL = re.compile(rf"{re.escape(ESCO)}[^\s<>\"]{{1,150}}")
A, P, S = AssessmentType, Participation, Supervision
CODES: Mapping[str, str] = {
    "snb/assessment/19a2e5e671": A.PEER_ASSESSMENT,
    "snb/assessment/2939dae15f": A.MARKED_ASSIGNMENT,
    "snb/assessment/3484bd7e51": A.CONTINUOUS,
    "snb/assessment/4f03b91c0e": A.PORTFOLIO,
    "snb/assessment/56539a6507": A.GROUP_PERFORMANCE,
    "snb/assessment/6a4db9f11d": A.PRACTICAL,
    "snb/assessment/6e6cb2cc78": A.WRITTEN_EXAMINATION,
    "snb/assessment/7331eb4762": A.ATTENDANCE,
    "snb/assessment/795dac4096": A.PROJECT_WORK,
    "snb/assessment/812e3b0ae1": A.PEER_REVIEW,
    "snb/assessment/b1b68f6735": A.QUIZ,
    "snb/assessment/c4256a2726": A.PROBLEM_BASED,
    "snb/assessment/d30284d7df": A.ORAL_EXAMINATION,
    "snb/assessment/de4d165a6c": A.ARTEFACT,
    "snb/learning-assessment/729f3bed4b": P.WORKBASED,
    "snb/learning-assessment/7813801c77": P.PROJECT_BASED,
    "snb/learning-assessment/9191af2ed9": P.PRESENTIAL,
    "snb/learning-assessment/920fbb3cbe": P.ONLINE,
    "snb/learning-assessment/e92d221e4d": P.BLENDED,
    "snb/learning-assessment/ed4c557045": P.RESEARCH_LAB,
    "snb/supervision-verification/70be69aaf9": S.SUPERVISED_WITH_ID,
    "snb/supervision-verification/c598449d64": S.UNSUPERVISED_NO_ID,
}
# “Testing” and “onsite or blended” leave open which of ours is meant: they fill nothing.
WORDS: Mapping[type[TextChoices], Mapping[str, str]] = {
    AssessmentType: {"application of a skill": A.PRACTICAL},
    Participation: {
        "onsite": P.PRESENTIAL,
        "in person": P.PRESENTIAL,
        "workbased": P.WORKBASED,
        "work experience": P.WORKBASED,
        "research lab based": P.RESEARCH_LAB,
    },
    Supervision: {},
}
OF_BOTH = {
    (False, False): S.UNSUPERVISED_NO_ID,
    (True, False): S.SUPERVISED_NO_ID,
    (True, True): S.SUPERVISED_WITH_ID,
}
NOT_SUPERVISED = re.compile(
    r"\bunsupervised\b|\b(without|no|not|non) (supervised|supervision|onsite)\b"
)
NOT_IDENTIFIED = re.compile(
    r"\b(without|no|not)( \w+)? (id|identity)\b|\b(id|identity)( \w+)? not\b"
    r"|\bun(verified|checked) (id|identity)\b"
    r"|\b(id|identity)( \w+)? un(verified|checked)\b"
)
NEGATED = re.compile(r"\b(without|no|not|non|never|nor|neither|un(verified|checked))\b")


def values_of(claim: Claim, choices: type[TextChoices]) -> list[str]:
    """The values of our list, by code where the file names one, else by words.

    None where one of them is in no list: the others alone would say something else.
    """
    found = [_value(code, word, choices) for code, word in _pairs(claim)]
    return list(dict.fromkeys(one for one in found if one)) if all(found) else []


def supervision_of(claim: Claim, identity_checked: Any) -> str | None:
    """Two questions in one word: was somebody watching, and was it the learner?"""
    known = values_of(claim, Supervision)
    if known or not isinstance(claim.value, str):
        return known[0] if len(known) == 1 else None
    text = plain(claim.value)
    rest = NOT_SUPERVISED.sub("", text)
    if NEGATED.search(NOT_IDENTIFIED.sub("", rest)):  # of what, nobody can tell
        return None
    supervised = None
    if rest != text:
        supervised = False
    elif re.search(r"\b(supervised|onsite)\b", text):
        supervised = True
    identified = identity_checked if isinstance(identity_checked, bool) else None
    if re.search(r"\b(id|identity)\b", rest):
        said = not NOT_IDENTIFIED.search(rest)
        if identified not in (None, said):  # the file contradicts itself
            return None
        identified = said
    return OF_BOTH.get((supervised, identified))  # type: ignore[arg-type]


def _pairs(claim: Claim) -> Iterator[tuple[Any, Any]]:
    words = claim.value if isinstance(claim.value, list) else [claim.value]
    codes = claim.raw if isinstance(claim.raw, list) else [claim.raw]
    if len(codes) != len(words):
        codes = [None] * len(words)
    return zip(codes, words, strict=True)


def _value(code: Any, word: Any, choices: type[TextChoices]) -> str | None:
    coded = CODES.get("/".join(str(code or "").split("/")[-3:]))
    if coded in choices.values:
        return coded
    text = plain(word)
    return _labels(choices).get(text) or WORDS[choices].get(text)


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    """Our own codes and labels, in every language in which we have them."""
    known = {plain(code): code for code in choices.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {plain(label): code for code, label in choices.choices}
    return known


def plain(value: Any) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", folded(str(value))))
