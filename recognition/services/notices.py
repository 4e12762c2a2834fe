"""What applicants, officers and assessors are told, in their own language."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qa import offices
from qa.enums import Role
from qa.models import Condition, ConditionExtension, User
from qa.services.messages import notify
from recognition.models import Assessor, InfoRequest, RecognitionApplication

Words = Callable[[], str]
# Told to people of the office; the rest is told to the applicant.
OFFICE_ACTS = ("reply", "named", "evidence")


def _applicant(application: RecognitionApplication) -> list[User]:
    return [application.applicant]


def _office(application: RecognitionApplication) -> list[User]:
    """Who handles the case: an officer's own application is for the others."""
    officers = offices.holders(Role.RECOGNITION_OFFICER)
    return [one for one in officers if one.pk != application.applicant_id]


def _owner(condition: Condition) -> list[User]:
    return [condition.owner]


# Act -> whom it concerns, by the thing it is about: for the page and the message.
TO: dict[str, Callable[[Any], list[User]]] = {
    **dict.fromkeys(("receipt", "missing", "complete", "question"), _applicant),
    **dict.fromkeys(("decided", "result_withdrawn", "delayed"), _applicant),
    **dict.fromkeys(("reply", "evidence"), _office),
    "named": lambda assessor: [assessor.user],
    **dict.fromkeys(("condition_met", "condition_open", "condition_extended"), _owner),
}


def told(act: str, thing: Any) -> list[User]:
    """Whom the act will tell, for the page before it is signed."""
    return TO[act](thing)


def _write(
    application: RecognitionApplication,
    act: str,
    thing: Any,
    subject: Words,
    body: Words,
) -> None:
    """The number of events keys the message: the same act may happen again later."""
    page = "application_detail" if act in OFFICE_ACTS else "own_application"
    application.case.refresh_from_db(fields=["events_written"])
    notify(
        told(act, thing),
        case=application.case,
        key=f"{application.case.number}/{act}/{application.case.events_written}",
        subject=subject,
        body=body,
        path=reverse(f"recognition:{page}", args=[application.pk]),
    )


def receipt(application: RecognitionApplication) -> None:
    """B01: number, version of the criteria, expected day, remedy."""
    rules = application.rule_set
    facts = {
        "number": application.case.number,
        "registry": application.registry_number,
        "expected": f"{application.expected_on:%d.%m.%Y}",
        "code": rules.code,
    }
    _write(
        application,
        "receipt",
        application,
        lambda: _("We have received your application %(number)s") % facts,
        lambda: (
            _(
                "Your application is registered under %(registry)s. It is judged by "
                "these rules and criteria: %(rules)s (version %(code)s). If the file "
                "is complete, expect the decision by %(expected)s. Whatever the "
                "decision, you are told the reasons and how to appeal."
            )
            % (facts | {"rules": rules.title})
        ),
    )


def missing(application: RecognitionApplication) -> None:
    """B02: the list, each item with why it is needed."""
    items = list(application.missing_items.all())
    facts = {
        "number": application.case.number,
        "term": f"{application.missing_term_on:%d.%m.%Y}",
        "items": "\n".join(f"– {item.what}: {item.why}" for item in items),
    }
    _write(
        application,
        "missing",
        application,
        lambda: _("Your application %(number)s is not complete yet") % facts,
        lambda: (
            _(
                "Please send by %(term)s what is missing, or tell us that it cannot "
                "be obtained:\n%(items)s"
            )
            % facts
        ),
    )


def clock_runs(application: RecognitionApplication) -> None:
    """B03, B04: the file is complete; both limits are announced."""
    facts = {
        "number": application.case.number,
        "target": f"{application.target_on:%d.%m.%Y}",
        "limit": f"{application.limit_on:%d.%m.%Y}",
    }
    _write(
        application,
        "complete",
        application,
        lambda: _("The file of your application %(number)s is complete") % facts,
        lambda: (
            _(
                "We aim to decide by %(target)s. If there is no decision by "
                "%(limit)s, we tell you why and when to expect it, and you may "
                "complain in writing to the recognition office."
            )
            % facts
        ),
    )


def question(application: RecognitionApplication, request: InfoRequest) -> None:
    """B11: the question, and that the clock stands still."""
    facts = {
        "number": application.case.number,
        "question": request.question,
        "why": request.why,
        "term": f"{request.term_on:%d.%m.%Y}",
    }
    _write(
        application,
        "question",
        application,
        lambda: _("We need an answer for your application %(number)s") % facts,
        lambda: (
            _(
                "%(question)s\n\nWhy we ask: %(why)s\nPlease answer by %(term)s. "
                "The time limit stands still until then."
            )
            % facts
        ),
    )


def reply_arrived(application: RecognitionApplication) -> None:
    facts = {"number": application.case.number}
    _write(
        application,
        "reply",
        application,
        lambda: _("A reply arrived for %(number)s") % facts,
        lambda: _("Read it and let the application %(number)s go on.") % facts,
    )


def named(application: RecognitionApplication, assessor: Assessor) -> None:
    facts = {"number": application.case.number}
    _write(
        application,
        "named",
        assessor,
        lambda: _("You are named assessor of %(number)s") % facts,
        lambda: (
            _(
                "Please declare first whether you have a conflict of interest; then "
                "compare the credential of %(number)s with what the purpose asks."
            )
            % facts
        ),
    )


def decided(application: RecognitionApplication) -> None:
    """B21: the letter was delivered; the appeal term runs."""
    facts = {
        "number": application.case.number,
        "until": f"{application.appeal_until:%d.%m.%Y}",
    }
    _write(
        application,
        "decided",
        application,
        lambda: _("The decision on your application %(number)s") % facts,
        lambda: (
            _(
                "The letter of decision is in your account, with its reasons. "
                "You may appeal until %(until)s."
            )
            % facts
        ),
    )


def result_withdrawn(application: RecognitionApplication, reason: str) -> None:
    """The credential of the decision holds no longer; the letter says what does."""
    facts = {"number": application.case.number, "reason": reason}
    _write(
        application,
        "result_withdrawn",
        application,
        lambda: _("The result of %(number)s as data was withdrawn") % facts,
        lambda: (
            _(
                "%(reason)s\nWhoever checks the file you downloaded is told from now on"
                " that it was withdrawn."
            )
            % facts
        ),
    )


def delayed(application: RecognitionApplication, reason: str, expected: str) -> None:
    facts = {
        "number": application.case.number,
        "reason": reason,
        "expected": expected,
    }
    _write(
        application,
        "delayed",
        application,
        lambda: _("The decision on %(number)s is late") % facts,
        lambda: (
            _(
                "%(reason)s\nExpect the decision by %(expected)s. The time limit has "
                "passed: you may complain in writing to the recognition office, and "
                "keep the remedies the law gives you where no decision is taken. An "
                "appeal is registered here once the decision was notified to you."
            )
            % facts
        ),
    )


# Conditions of a decision


def _of(condition: Condition) -> RecognitionApplication:
    return RecognitionApplication.objects.get(pk=condition.decision.case_id)


def _tell_owner(act: str, condition: Condition, subject: Words, body: Words) -> None:
    """The condition itself comes first, in the owner's language."""
    _write(
        _of(condition),
        act,
        condition,
        subject,
        lambda: f"{condition.text}\n{body()}",
    )


def evidence_arrived(condition: Condition) -> None:
    """C2: whoever judges it is told."""
    application = _of(condition)
    facts = {"number": application.case.number}
    _write(
        application,
        "evidence",
        application,
        lambda: _("Evidence on a condition of %(number)s was handed in") % facts,
        lambda: _("Judge whether the condition is met."),
    )


def condition_met(condition: Condition) -> None:
    """C3."""
    facts = {"number": condition.decision.case.number}
    _tell_owner(
        "condition_met",
        condition,
        lambda: _("A condition of the decision on %(number)s is met") % facts,
        lambda: _("The office found your evidence sufficient."),
    )


def condition_open(condition: Condition) -> None:
    """C4: the reasons say what is missing."""
    facts = {
        "number": condition.decision.case.number,
        "reasons": condition.judgement,
        "term": f"{condition.due_on:%d.%m.%Y}",
    }
    _tell_owner(
        "condition_open",
        condition,
        lambda: _("A condition of the decision on %(number)s is not met yet") % facts,
        lambda: _("What is still missing: %(reasons)s\nIts term: %(term)s.") % facts,
    )


def condition_extended(extension: ConditionExtension) -> None:
    facts = {
        "number": extension.condition.decision.case.number,
        "reason": extension.reason,
        "term": f"{extension.deadline:%d.%m.%Y}",
    }
    _tell_owner(
        "condition_extended",
        extension.condition,
        lambda: _("You have more time for a condition of %(number)s") % facts,
        lambda: _("The term is extended once, to %(term)s. Reason: %(reason)s") % facts,
    )
