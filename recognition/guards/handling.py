"""Rows B07, B08, B11 and B12: issuer, verification, track, requests."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa.clauses import clause, stated, today_of
from recognition.enums import (
    DOUBTFUL,
    Addressee,
    Element,
    LegalInstrument,
    RecognitionOutcome,
    Track,
    VerificationResult,
)


def _credential(application: Any) -> Any:
    return getattr(application, "credential", None)


@clause(
    _(
        "Name the issuer: an institution of the list, its name as it stands or as you "
        "found it, or say that it is named nowhere."
    )
)
def issuer_is_resolved(application: Any) -> bool:
    credential = _credential(application)
    return credential is not None and credential.is_resolved("issuer")


@clause(
    _("Name the awarding body, which may differ from the issuer, or say it is missing.")
)
def awarding_body_is_resolved(application: Any) -> bool:
    credential = _credential(application)
    return credential is not None and (
        credential.is_resolved("awarding_body")
        or Element.AWARDING_BODY in credential.missing
    )


@clause(
    _(
        "Judge issuer, awarding body and provision as of the day of the award, "
        "and say on what basis."
    )
)
def statuses_are_judged_on_the_award_date(application: Any) -> bool:
    credential = _credential(application)
    return (
        credential is not None
        and all(
            (
                credential.issuer_status,
                credential.awarding_body_status,
                credential.provision_scope,
                credential.status_basis.strip(),
            )
        )
        and credential.status_as_of == credential.issued_on
    )


@clause(_("Choose the legal instrument that governs the case."))
def legal_instrument_is_chosen(application: Any) -> bool:
    return application.legal_instrument in LegalInstrument.values


@clause(_("Record at least one verification with its result and evidence."))
def verification_is_recorded(application: Any) -> bool:
    return application.authenticity not in ("", VerificationResult.NOT_STARTED)


@clause(_("Choose a track and say why."), stated=True)
def track_has_its_reason(application: Any) -> bool:
    act = getattr(application, "act", None)
    return (
        act is not None
        and act.facts.get("track") in Track.values
        and bool(act.reason.strip())
    )


@clause(
    _(
        "Automatic recognition opens with agreements between institutions; "
        "none is in force here. Take the standard track."
    ),
    stated=True,
)
def track_is_not_automatic(application: Any) -> bool:
    return stated(application, "track") != Track.AUTOMATIC


@clause(
    _("A document that is suspect or forged takes the standard track only."),
    stated=True,
)
def doubtful_document_takes_the_standard_track(application: Any) -> bool:
    return (
        application.authenticity not in DOUBTFUL
        or stated(application, "track") == Track.STANDARD
    )


@clause(
    _(
        "The document is suspect or forged by the latest check: off the standard "
        "track it can only be refused. Record what a further check finds."
    )
)
def doubtful_document_is_on_the_standard_track(application: Any) -> bool:
    """The track was chosen before; a check recorded since may have put it in doubt."""
    return (
        application.authenticity not in DOUBTFUL
        or application.track == Track.STANDARD
        or _is_to_be_refused(application)
    )


def _is_to_be_refused(application: Any) -> bool:
    terms = stated(application, "resolution") or getattr(application, "proposal", None)
    return terms is not None and terms.outcome == RecognitionOutcome.REFUSED


@clause(_("Put the question and say why it is indispensable."), stated=True)
def question_is_indispensable(application: Any) -> bool:
    request = stated(application, "request")
    return request is not None and bool(
        request.question.strip() and request.why.strip()
    )


@clause(
    _(
        "Ask only for what the applicant or the issuer alone has; "
        "find out the rest yourself."
    ),
    stated=True,
)
def nobody_else_has_the_information(application: Any) -> bool:
    request = stated(application, "request")
    return request is not None and request.addressee in (
        Addressee.APPLICANT,
        Addressee.ISSUER,
    )


@clause(_("This question was asked before."), stated=True)
def question_was_not_asked_before(application: Any) -> bool:
    request = stated(application, "request")
    if request is None:
        return False
    question = request.question.strip().casefold()
    earlier = application.info_requests.exclude(pk=request.pk)
    return all(r.question.strip().casefold() != question for r in earlier)


@clause(
    _("One request was made already; another needs the head of the office to agree.")
)
def first_request_or_head_agrees(application: Any) -> bool:
    request = stated(application, "request")
    earlier = application.info_requests.exclude(pk=request.pk if request else None)
    return application.further_request_at is not None or not earlier.exists()


@clause(_("Neither has a reply arrived nor is the term over."))
def reply_arrived_or_term_is_over(application: Any) -> bool:
    request = application.open_request
    return request is not None and (
        request.answered_at is not None or today_of(application) > request.term_on
    )


RESOLVED = (
    issuer_is_resolved,
    awarding_body_is_resolved,
    statuses_are_judged_on_the_award_date,
    legal_instrument_is_chosen,
)
TRACKING = (
    verification_is_recorded,
    track_has_its_reason,
    track_is_not_automatic,
    doubtful_document_takes_the_standard_track,
)
REQUEST = (
    question_is_indispensable,
    nobody_else_has_the_information,
    question_was_not_asked_before,
    first_request_or_head_agrees,
)
