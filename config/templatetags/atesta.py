"""What every page needs: stamps, shapes, days in words, prose, differences of text."""

from collections.abc import Iterable
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

import nh3
from django import forms, template
from django.utils.formats import number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from config import marks
from qa import clock, days, written
from qa.enums import Outcome
from qa.forms.languages import in_rows

register = template.Library()
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
_PROSE_TAGS = {"p", "ul", "ol", "li", "em", "strong", "blockquote", "code", "br", "a"}
_SOON = 3


# --- Stamps and shapes ------------------------------------------------------------


@register.simple_tag
def shape(name: str) -> SafeString:
    """The small drawing that goes with a word: {% shape "full" %}."""
    return marks.drawn(name)


@register.inclusion_tag("_stamp.html")
def stamp(
    state: str,
    words: Any = "",
    until: date | None = None,
    tone: str = "",
    kind: str = "",
) -> dict[str, Any]:
    """A state as a bordered stamp: {% stamp x.status x.get_status_display %}."""
    return _stamp(marks.mark_of(str(state), kind), words or state, until, tone)


@register.inclusion_tag("_stamp.html")
def status(thing: Any, until: date | None = None, field: str = "status") -> dict:
    """The stamp of a thing, whose kind is minded: {% status accreditation until=d %}."""
    state = str(getattr(thing, field))
    words = getattr(thing, f"get_{field}_display")()
    return _stamp(marks.mark_of(state, thing._meta.model_name), words, until, "")


def _stamp(
    mark: marks.Mark, words: Any, until: date | None, tone: str
) -> dict[str, Any]:
    if until is not None:
        words = _("%(state)s until %(day)s") % {"state": words, "day": day(until)}
    return {"tone": tone or mark.tone, "shape": mark.shape, "words": words}


# --- Days in words ----------------------------------------------------------------


def _day_of(value: date | datetime) -> date:
    return clock.local_day(value) if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """25 Nov 2026."""
    return "–" if value is None else days.in_short(_day_of(value))


@register.filter
def day_long(value: date | datetime | None) -> str:
    """25 November 2026, as letters and acts write it."""
    return "–" if value is None else days.in_full(_day_of(value))


@register.filter
def day_short(value: date | datetime | None) -> str:
    """25 Nov in this year, 25 Nov 2029 in another."""
    if value is None:
        return "–"
    found = _day_of(value)
    is_this_year = found.year == clock.today().year
    return days.of_the_year(found) if is_this_year else days.in_short(found)


@register.filter
def weekday(value: date) -> str:
    """Wed 25 Nov."""
    return days.with_weekday(value)


@register.filter
def moment(value: datetime | None) -> str:
    """25 Nov 2026, 10:42, the institution's time."""
    return "–" if value is None else f"{day(value)}, {time_of_day(value)}"


@register.filter
def time_of_day(value: datetime | None) -> str:
    """10:42, the institution's time."""
    return "" if value is None else clock.local_time(value)[-5:]


@register.filter
def due_words(value: date | None, today: date | None = None) -> str:
    """today, tomorrow, in 3 days, 3 days over."""
    if value is None:
        return ""
    left = (value - (today or clock.today())).days
    if left == 0:
        return _("today")
    if left == 1:
        return _("tomorrow")
    if left > 1:
        return ngettext("in %(n)s day", "in %(n)s days", left) % {"n": left}
    return ngettext("%(n)s day over", "%(n)s days over", -left) % {"n": -left}


@register.filter
def due_tone(value: date | None, today: date | None = None) -> str:
    """over, soon or later: how a due date is marked."""
    if value is None:
        return "later"
    left = (value - (today or clock.today())).days
    return "over" if left < 0 else "soon" if left <= _SOON else "later"


@register.simple_tag
def due(value: date | None) -> SafeString:
    """A term in words with its day beside it; overdue has a shape besides its colour."""
    if value is None:
        return mark_safe("")
    tone = due_tone(value)
    return format_html(
        '<span class="due due-{}">{}{}</span> <time datetime="{}">{}</time>',
        tone,
        marks.drawn("over") + mark_safe(" ") if tone == "over" else "",
        due_words(value),
        value.isoformat(),
        day_short(value),
    )


@register.filter
def age(value: date | datetime | None) -> str:
    """How long something has been waiting: today, 1 day, 6 days."""
    if value is None:
        return ""
    waited = (clock.today() - _day_of(value)).days
    if waited < 1:
        return _("since today")
    return ngettext("%(n)s day", "%(n)s days", waited) % {"n": waited}


# --- Text and numbers -------------------------------------------------------------


@register.filter
def number(value: int | float | None, decimals: int | None = None) -> str:
    """1,240 or 1.240, as the reader's language groups digits."""
    if value is None:
        return "–"
    return number_format(value, decimals, use_l10n=True, force_grouping=True)


@register.filter
def prose(text: str) -> SafeString:
    """Markdown typed by people, through an allow-list; images and HTML never."""
    rendered = _MARKDOWN.render(text or "")
    return mark_safe(nh3.clean(rendered, tags=_PROSE_TAGS))  # noqa: S308  cleaned


@register.simple_tag
def spoken(*texts: str) -> SafeString:
    """The attribute of an element whose writer chose the language: {% spoken text %}."""
    language = written.language_of(*texts)
    return format_html(' lang="{}"', language) if language else mark_safe("")


@register.simple_tag
def written_in(*texts: str) -> str:
    """“Written in English”, for who reads the page in another language."""
    language = written.language_of(*texts)
    if not language or (get_language() or "").startswith(language):
        return ""
    return {"ro": _("Written in Romanian."), "en": _("Written in English.")}[language]


@register.simple_tag
def word_difference(old: Any, new: Any) -> SafeString:
    """Two values as one, word by word: what went is struck, what came underlined."""
    before, after = _words(old), _words(new)
    parts: list[str] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            parts.append(escape(" ".join(before[a:b])))
            continue
        if b > a:
            parts.append(_marked("del", _("removed:"), before[a:b]))
        if d > c:
            parts.append(_marked("ins", _("added:"), after[c:d]))
    return mark_safe(" ".join(parts))  # noqa: S308  every word is escaped


def _words(value: Any) -> list[str]:
    if isinstance(value, list):
        return [word for one in value for word in [*_words(one), "·"]]
    if isinstance(value, dict):
        return [word for one in value.values() for word in _words(one)]
    return str("" if value is None else value).split()


def _marked(tag: str, label: str, words: list[str]) -> str:
    """The words with their label for those who hear the page."""
    spoken = f'<span class="visually-hidden">{escape(label)} </span>'
    return f"<{tag}>{spoken}{escape(' '.join(words))}</{tag}>"


# --- Forms and pages --------------------------------------------------------------


@register.filter
def is_group(field: forms.BoundField) -> bool:
    """Radio buttons and several check boxes stand in a fieldset."""
    return isinstance(
        field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple
    )


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    """One box to tick has its label beside it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_optional(field: forms.BoundField) -> bool:
    """Said only where other fields are required; in a draft everything may wait.

    Not said of what an act may need: `may_be_needed` of the form, whose hints say when.
    """
    if field.field.required or field.name in getattr(field.form, "may_be_needed", ()):
        return False
    return any(other.required for other in field.form.fields.values())


@register.filter
def side_by_side(fields: Iterable[forms.BoundField]) -> list[list[forms.BoundField]]:
    """Rows of fields: the two languages of a text share one."""
    return in_rows(fields)


@register.simple_tag(takes_context=True)
def with_page(context: dict[str, Any], number: int) -> str:
    """The address's filters with another page number, of the list that it names."""
    query = context["request"].GET.copy()
    query[context.get("parameter", "page")] = str(number)
    return query.urlencode()


# --- Words of acts ----------------------------------------------------------------


@register.simple_tag
def rating_label(standard_set: Any, code: str) -> str:
    """A rating in the words of its own scale."""
    return standard_set.rating_label(code)


_ACT_OUTCOMES = {
    "favourable": gettext_lazy("favourable opinion"),
    "unfavourable": gettext_lazy("unfavourable opinion"),
    "nominated": gettext_lazy("nominated"),
    "withdrawn": gettext_lazy("accreditation withdrawn"),
    **dict(Outcome.choices),
}


@register.simple_tag
def outcome_words(decision: Any) -> str:
    """What an act resolved, in words."""
    if not decision.is_carried:
        return _("not carried")
    return str(_ACT_OUTCOMES.get(decision.outcome, decision.outcome))
