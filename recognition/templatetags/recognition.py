"""Acts of the record, kinds of document and bilingual texts, in the reader's words."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.days import in_short
from qa.models import Document, Language, User
from qa.models.people import in_local_language
from recognition import queries
from recognition.enums import DocumentKind
from recognition.learners import other_learner
from recognition.models import RecognitionApplication
from recognition.path import what_happens_now

register = template.Library()
A_FEW = 5

_ACTS = {
    "open": _("opened"),
    "submit": _("filed"),
    "find_incomplete": _("found incomplete"),
    "complete": _("found complete, the clock runs"),
    "find_complete": _("found complete, the clock runs"),
    "withdraw": _("withdrawn"),
    "start_verification": _("issuer resolved, verification begun"),
    "choose_track": _("track chosen"),
    "request_information": _("information requested, the clock stands still"),
    "resume": _("went on, the clock runs again"),
    "start_comparison": _("comparison begun"),
    "propose": _("outcome proposed"),
    "put_on_agenda": _("put on the agenda"),
    "decide": _("decided"),
    "notify": _("letter delivered"),
    "close": _("final"),
    "register_appeal": _("appeal registered"),
    "record_fee": _("fee recorded"),
    "add_document": _("document added"),
    "check_file": _("credential file checked"),
    "read_document": _("document read"),
    "items_sent": _("the applicant sent what was missing"),
    "settle_item": _("missing item settled"),
    "save_background_paper": _("background paper saved"),
    "resolve_issuer": _("issuer and awarding body judged"),
    "record_verification": _("verification recorded"),
    "allow_further_request": _("another question agreed to"),
    "answer_request": _("reply arrived"),
    "name_assessor": _("assessor named"),
    "declare_conflict": _("conflicts of interest declared"),
    "judge_conflict": _("conflict of interest decided"),
    "amend_proposal": _("proposal amended"),
    "move_item": _("moved to the meeting"),
    "vote_not_carried": _("motion not carried"),
    "tell_delay": _("applicant told of the delay"),
    "submit_evidence": _("evidence for a condition submitted"),
    "fulfil": _("condition met"),
    "ask_for_more": _("more evidence asked for"),
    "extend": _("term of a condition extended"),
    "issue_letter": _("letter made"),
    "issue_result": _("result issued as data"),
    "withdraw_result": _("result as data withdrawn"),
}

# Rows whose act is another one elsewhere: openings beside that of the application.
_ROWS = {"C1": _("condition set")}

# Acts that are recorded on one day and state another: the fact that holds it.
_DAY_OF = {
    "complete": "clock_started_on",
    "find_complete": "clock_started_on",
    "move_item": "meeting_on",
    "notify": "delivered_on",
}


@register.simple_tag
def act_words(event: Any) -> str:
    """What an event says happened; another day than the event's own is said with it."""
    known = _ROWS.get(event.row) or _ACTS.get(event.act)
    words = str(known or event.act.replace("_", " "))
    day = _other_day(event)
    if not day:
        return words
    told = {"act": words, "day": in_short(day)}
    if _DAY_OF[event.act] == "clock_started_on":
        return gettext("%(act)s from %(day)s") % told
    return gettext("%(act)s on %(day)s") % told


def _other_day(event: Any) -> date | None:
    """The day an act states, where it is not the day on which it was recorded."""
    stated = event.facts.get(_DAY_OF.get(event.act, ""))
    day = date.fromisoformat(stated) if stated else None
    return day if day != clock.local_day(event.at) else None


@register.simple_tag
def only_applies(user: User) -> bool:
    """Whether the person is of no unit and in no office: applying is all they do."""
    return queries.only_applies(user)


@register.simple_tag
def applications_of(user: User) -> list[RecognitionApplication]:
    """The latest of the person's own applications."""
    return list(queries.own_applications(user)[:A_FEW])


@register.simple_tag
def other_learner_of(application: RecognitionApplication) -> str:
    """That the credential names somebody else than the applicant."""
    return other_learner(application)


@register.filter
def happens_now(application: RecognitionApplication) -> str:
    """Who acts now, and what for."""
    return what_happens_now(application)


@register.simple_tag
def document_kind(kind: str) -> str:
    return str(dict(DocumentKind.choices).get(kind, kind))


@register.simple_tag
def document_title(document: Document) -> str:
    """What it was called when added; a letter, made in both languages, in the reader's."""
    if document.kind != DocumentKind.DECISION_LETTER or not document.registry_number:
        return document.title
    return f"{DocumentKind.DECISION_LETTER.label} {document.registry_number}"


@register.simple_tag(takes_context=True)
def name_of_language(context: template.Context, code: str) -> str:
    """What the language is called; a list asks for the names once."""
    kept = context.render_context
    if "language_names" not in kept:
        kept["language_names"] = {one.code: one.name for one in Language.objects.all()}
    return kept["language_names"].get(code, code)


@register.simple_tag
def local_half(ro: str, en: str) -> str:
    """The half of a bilingual text that the reader's language asks for."""
    return in_local_language(ro, en)
