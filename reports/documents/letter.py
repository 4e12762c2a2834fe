"""The letter of a decision: Romanian first, then English, one code for both."""

from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
)

from reports import styles
from reports.documents.pages import WIDTH, made, table
from reports.documents.qr import SquareCode
from reports.rows import LetterCondition, LetterData, Wording
from reports.styles import para, paras
from reports.words import day_long

_QR = 21 * mm
# As many lines at least stand above the signature on its page.
_KEPT = 3


def letter(data: LetterData) -> bytes:
    """The whole letter as PDF."""
    story = [*_half(data, "ro"), PageBreak(), *_half(data, "en")]
    foot = f"{data.registry_number} · {data.case_number} · {data.code}"
    return made(
        story,
        title=" · ".join([*(w.title for w in data.wording), data.act_number]),
        language="ro",
        foot=foot,
        page_words="%(page)d / %(pages)d",
    )


def _half(data: LetterData, language: str) -> list[Flowable]:
    words = data.words(language)
    told = {
        "body": data.body.of(language),
        "day": day_long(data.decided_on, language),
    }
    said = [
        *_head(data, language),
        para(words.title, styles.TITLE),
        *_addressee(data.addressee.of(language), words),
        para(words.opening.format(**told)),
        para(words.quoted.format(subject=data.subject.of(language)), styles.SUBJECT),
        _outcome(data, language),
        *_grant(data, language),
        *_section(words.reasons, data.reasons.of(language)),
        *_section(words.departure, data.departure.of(language)),
        *_section(words.comparison, data.comparison.of(language)),
        *_conditions(data, language),
        *_section(words.measures, data.measures.of(language)),
        *_remedy(data, language),
        *_section(words.grounds, data.grounds.of(language), small=True),
    ]
    return _signed(said, _end(data, language))


def _head(data: LetterData, language: str) -> list[Flowable]:
    words = data.words(language)
    left = [
        para(data.institution.of(language), styles.LETTERHEAD),
        *paras(data.letterhead.of(language), styles.NOTE),
    ]
    facts = (
        (words.registry, data.registry_number),
        (words.issued, day_long(data.issued_on, language)),
        (words.act, f"{data.body.of(language)}, {data.act_number}"),
        (words.case, data.case_number),
    )
    right = table(
        [[para(k, styles.LABEL), para(v, styles.VALUE)] for k, v in facts],
        [26 * mm, WIDTH * 0.48 - 26 * mm],
    )
    head = table([[left, right]], [WIDTH * 0.52, WIDTH * 0.48])
    rule = HRFlowable(WIDTH, 0.8, color=styles.ACCENT, spaceBefore=5, spaceAfter=12)
    return [head, rule]


def _addressee(addressee: str, words: Wording) -> list[Flowable]:
    first, *others = addressee.split("\n")
    return [
        para(words.addressee, styles.LABEL),
        para(first, styles.STRONG),
        *(para(line, styles.VALUE) for line in others),
        Spacer(0, 9),
    ]


def _outcome(data: LetterData, language: str) -> Flowable:
    box = table(
        [
            [para(data.words(language).outcome, styles.LABEL)],
            [para(data.outcome.of(language), styles.OUTCOME)],
        ],
        [WIDTH],
        ("BACKGROUND", (0, 0), (-1, -1), styles.WASH),
        ("LINEBEFORE", (0, 0), (0, -1), 2.2, styles.ACCENT),
        ("LEFTPADDING", (0, 0), (-1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, 0), 5),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 7),
    )
    return KeepTogether([box, Spacer(0, 4)])


def _grant(data: LetterData, language: str) -> list[Flowable]:
    if not data.grant:
        return []
    rows = [
        [para(name.of(language), styles.LABEL), para(value.of(language), styles.VALUE)]
        for name, value in data.grant
    ]
    listed = table(rows, [46 * mm, WIDTH - 46 * mm])
    return [para(data.words(language).grant, styles.HEADING), listed]


def _section(title: str, text: str, *, small: bool = False) -> list[Flowable]:
    if not text.strip():
        return []
    style = styles.BODY_SMALL if small else styles.BODY
    return [para(title, styles.HEADING), *paras(text, style)]


def _conditions(data: LetterData, language: str) -> list[Flowable]:
    if not data.conditions:
        return []
    words = data.words(language)
    told: list[Flowable] = [para(words.conditions, styles.HEADING)]
    for number, condition in enumerate(data.conditions, start=1):
        told.append(KeepTogether(_condition(number, condition, words, language)))
    return told


def _condition(
    number: int, condition: LetterCondition, words: Wording, language: str
) -> list[Flowable]:
    lines: list[Flowable] = [para(f"{number}. {condition.text.of(language)}")]
    evidence = words.evidence.format(evidence=condition.evidence.of(language))
    lines.append(para(evidence, styles.VALUE))
    term = day_long(condition.deadline, language)
    lines.append(para(words.until.format(day=term), styles.STRONG))
    if consequence := condition.consequence.of(language):
        lines.append(para(words.unmet.format(consequence=consequence), styles.VALUE))
    return [*lines, Spacer(0, 5)]


def _remedy(data: LetterData, language: str) -> list[Flowable]:
    words, text = data.words(language), data.remedy.of(language)
    if not text.strip():
        return []
    told = _section(words.remedy, text)
    if body := data.remedy_body.of(language):
        told.append(para(words.remedy_at.format(body=body)))
    if data.remedy_days:
        told.append(
            para(words.remedy_term.format(days=data.remedy_days), styles.STRONG)
        )
    if data.remedy_until and words.remedy_until:
        last = day_long(data.remedy_until, language)
        told.append(para(words.remedy_until.format(day=last), styles.STRONG))
    return told


def _signed(said: list[Flowable], end: list[Flowable]) -> list[Flowable]:
    """The signature never opens a page: the last lines said stay with it."""
    *before, last = said
    if isinstance(last, Paragraph):
        last.wrap(WIDTH, 0)
        parts = last.split(WIDTH, last.height - _KEPT * last.style.leading)
        if parts:
            first, last = parts
            first.spaceAfter = 0
            before.append(first)
    return [*before, KeepTogether([last, *end])]


def _end(data: LetterData, language: str) -> list[Flowable]:
    """Who signed, beside the code that anybody can check."""
    words = data.words(language)
    signed = [
        para(words.signatory, styles.LABEL),
        para(data.signatory, styles.STRONG),
        para(data.signs_as.of(language), styles.VALUE),
    ]
    check = [
        para(data.code, styles.STRONG),
        para(data.verify_url, styles.NOTE),
        para(words.check, styles.NOTE),
    ]
    room = WIDTH - 58 * mm - _QR
    foot = table(
        [[signed, SquareCode(data.verify_url, _QR), check]],
        [58 * mm, _QR + 4 * mm, room],
    )
    return [Spacer(0, 14), foot]
