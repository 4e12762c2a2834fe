"""The acts of the office that are one form and one button, as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.models import User
from recognition import permissions as may
from recognition import queries
from recognition.credentials.findings import Check, Verdict
from recognition.enums import ApplicationStatus as S
from recognition.enums import VerificationMethod, VerificationResult
from recognition.forms import conflicts, judging, office
from recognition.forms.fields import ReasonForm
from recognition.models import RecognitionApplication
from recognition.models.handling import ASKING
from recognition.services import (
    closing,
    comparing,
    deciding,
    filing,
    handling,
    notices,
    results,
)

Words = str | Promise


@dataclass(frozen=True)
class OfficeAct:
    """Where, by whom, with which form, and what it does."""

    title: Words
    states: tuple[str, ...]
    may: Callable[[Any, Any], bool]
    form: Callable[[RecognitionApplication, Any], Any]
    do: Callable[[RecognitionApplication, dict[str, Any], User], Any]
    lead: Words = ""
    button: Words = ""
    done: Words = ""
    quote: Callable[[RecognitionApplication], Any] | None = None
    applies: Callable[[RecognitionApplication], bool] = lambda _application: True
    is_main: bool = False
    # Whom it tells, as far as that is known before its form is filled in.
    told: Callable[[RecognitionApplication], Sequence[User | str]] = lambda _it: ()
    # The transition it makes; its other clauses must be met before.
    moves: str = ""
    # Its page says so where the credential names somebody else than the applicant.
    minds_learner: bool = False


def _issuer_form(application: RecognitionApplication, posted: Any) -> office.IssuerForm:
    credential = application.credential
    initial = {
        "issuer": credential.issuer_id,
        "issuer_status": credential.issuer_status
        or queries.suggested_status(credential.issuer, credential.issued_on),
        "issuer_name": credential.found_name("issuer"),
        "issuer_is_named_nowhere": credential.is_named_nowhere("issuer"),
        "awarding_body": credential.awarding_body_id,
        "awarding_body_name": credential.found_name("awarding_body"),
        "awarding_body_is_named_nowhere": credential.is_named_nowhere("awarding_body"),
        "awarding_body_status": credential.awarding_body_status,
        "provision_scope": credential.provision_scope,
        "basis": credential.status_basis,
        "legal_instrument": application.legal_instrument
        or handling.instrument_for(credential.issuer_country),
    }
    return office.IssuerForm(posted, initial=initial)


def _check_form(application: RecognitionApplication, posted: Any) -> office.CheckForm:
    """A file that verifies is offered as what was seen; the officer signs for it."""
    check = application.credential_checks.order_by("pk").last()
    initial: dict[str, Any] = {}
    if check is not None and check.told.verdict is Verdict.VERIFIED:
        told = [check.told.findings[one].detail for one in SEEN]
        initial = {
            "method": VerificationMethod.DIGITAL_SEAL,
            "result": VerificationResult.VERIFIED_DIGITAL_SEAL,
            "evidence": " ".join(told),
            "document": check.document_id,
        }
    return office.CheckForm(posted, application=application, initial=initial)


@transaction.atomic
def _resolve(
    application: RecognitionApplication, said: dict[str, Any], by: User
) -> None:
    """Judged from the complete file, verification starts with it."""
    findings = handling.IssuerFindings(**said)
    handling.resolve_issuer(application=application, findings=findings, by=by)
    if application.status == S.COMPLETE:
        handling.start_verification(application=application, by=by)


def _put_on_agenda(
    application: RecognitionApplication, said: dict[str, Any], by: User
) -> None:
    recusals = {user.pk: said["recusal_reason"] for user in said["recused"]}
    item = deciding.AgendaItem(
        said["committee"], said["meeting_on"], said["item"], recusals
    )
    deciding.put_on_agenda(application=application, item=item, by=by)


def _conflict_is_open(application: RecognitionApplication) -> bool:
    named = application.assessor
    return named is not None and named.declaration == "declared"


def _declaration_is_open(application: RecognitionApplication) -> bool:
    named = application.assessor
    return named is not None and named.declaration == "pending"


def _may_start(application: RecognitionApplication) -> bool:
    named = application.assessor
    return named is not None and named.declaration in ("none", "cleared")


def _needs_agreement(application: RecognitionApplication) -> bool:
    return application.further_request_at is None and application.info_requests.exists()


def _may_ask(application: RecognitionApplication) -> bool:
    return not _needs_agreement(application)


def _is_late(application: RecognitionApplication) -> bool:
    return queries.past_limit(clock.today()).filter(pk=application.pk).exists()


# What of a file's checks an officer would write down as seen.
SEEN = (Check.FORMAT, Check.SIGNATURE, Check.KEY_BINDING, Check.STATUS)
COMPARED = (S.TRACKED, S.COMPARING)
ACTS: dict[str, OfficeAct] = {
    "issuer": OfficeAct(
        _("Resolve issuer and awarding body"),
        (S.COMPLETE, S.VERIFYING, S.TRACKED),
        may.is_officer,
        _issuer_form,
        _resolve,
        lead=_(
            "Three separate questions, each as of the day of the award: is the issuer "
            "legitimate, is the awarding body, was the provision covered?"
        ),
        button=_("Record what was found"),
        is_main=True,
    ),
    "verification": OfficeAct(
        _("Record a verification"),
        (*ASKING, S.INFO_REQUESTED),
        may.is_officer,
        _check_form,
        lambda it, said, by: handling.record_verification(
            application=it, check=handling.Check(**said), by=by
        ),
        lead=_("A record is never edited; a later one counts in its place."),
        button=_("Record the verification"),
        minds_learner=True,
    ),
    "track": OfficeAct(
        _("Choose the track"),
        (S.VERIFYING,),
        may.is_officer,
        lambda _it, posted: office.TrackForm(posted),
        lambda it, said, by: handling.choose_track(application=it, by=by, **said),
        lead=_(
            "Refugees' files are never blocked by a missing document; awards without "
            "quality assurance behind them go through prior learning."
        ),
        is_main=True,
        moves="choose_track",
    ),
    "question": OfficeAct(
        _("Ask for information"),
        ASKING,
        may.is_officer_or_assessor,
        lambda _it, posted: office.QuestionForm(posted),
        lambda it, said, by: handling.request_information(
            application=it, question=handling.Question(**said), by=by
        ),
        lead=_("The clock stops until the reply or the end of the term."),
        button=_("Send the question"),
        told=lambda it: [
            gettext("%(who)s, where the question goes to the applicant")
            % {"who": it.applicant}
        ],
        applies=_may_ask,
    ),
    "further": OfficeAct(
        _("Agree to another question"),
        ASKING,
        may.is_head,
        lambda _it, posted: ReasonForm(posted, label=_("Why it is needed")),
        lambda it, said, by: handling.allow_further_request(
            application=it, by=by, **said
        ),
        applies=_needs_agreement,
    ),
    "reply": OfficeAct(
        _("Record the reply"),
        (S.INFO_REQUESTED,),
        may.is_officer,
        lambda _it, posted: office.ReplyForm(
            posted, initial={"arrived_on": clock.today()}
        ),
        lambda it, said, by: handling.answer_request(application=it, by=by, **said),
        quote=lambda it: it.open_request,
        applies=lambda it: bool(it.open_request and not it.open_request.answered_at),
    ),
    "assessor": OfficeAct(
        _("Name the assessor"),
        COMPARED,
        may.is_head,
        lambda it, posted: office.AssessorForm(posted, application=it),
        lambda it, said, by: comparing.name_assessor(application=it, by=by, **said),
        lead=_("The assessor declares conflicts of interest before comparing."),
        told=lambda _it: [gettext("Whom you name")],
    ),
    "conflict": OfficeAct(
        _("Declare conflicts of interest"),
        COMPARED,
        may.is_assessor,
        lambda _it, posted: conflicts.ConflictForm(posted),
        lambda it, said, by: comparing.declare_conflict(
            application=it, conflicts=said["conflicts"], text=said["text"], by=by
        ),
        lead=_(
            "Does anything tie you to the applicant, the issuer or the programme? "
            "Declare that nothing does, or tick what applies and describe it."
        ),
        button=_("Sign the declaration"),
        applies=_declaration_is_open,
        is_main=True,
    ),
    "ruling": OfficeAct(
        _("Decide on the assessor's conflict"),
        COMPARED,
        may.is_head,
        lambda _it, posted: conflicts.RulingForm(posted),
        lambda it, said, by: comparing.judge_conflict(application=it, by=by, **said),
        quote=lambda it: it.assessor.text if it.assessor else "",
        button=_("Sign the decision"),
        applies=_conflict_is_open,
        is_main=True,
    ),
    "requirement": OfficeAct(
        _("State what the purpose asks"),
        (S.TRACKED,),
        may.is_assessor,
        lambda it, posted: judging.RequirementForm(posted, track=it.track),
        lambda it, said, by: comparing.start_comparison(
            application=it, requirement=said, by=by
        ),
        lead=_("Not our course in general: what this purpose needs, line by line."),
        button=_("Start the comparison"),
        applies=_may_start,
        is_main=True,
        moves="start_comparison",
    ),
    "agenda": OfficeAct(
        _("Put it on the agenda"),
        (S.PROPOSED,),
        may.is_committee_secretary,
        lambda it, posted: judging.AgendaForm(posted, application=it),
        _put_on_agenda,
        is_main=True,
    ),
    "move": OfficeAct(
        _("Move it to another meeting"),
        (S.IN_COMMITTEE,),
        may.is_committee_secretary,
        lambda _it, posted: judging.MoveForm(posted),
        lambda it, said, by: deciding.move_item(application=it, by=by, **said),
        lead=_(
            "The committee and the item stay; who has to be recused on the new day is "
            "recused by itself."
        ),
        done=_("The item is moved to another meeting."),
    ),
    "notify": OfficeAct(
        _("Record the delivery of the letter"),
        (S.DECIDED,),
        may.is_officer,
        lambda it, posted: office.DeliveryForm(
            posted, application=it, initial={"delivered_on": clock.today()}
        ),
        lambda it, said, by: closing.notify_applicant(
            application=it, delivery=closing.DeliveryProof(**said), by=by
        ),
        lead=_("The appeal term runs from the day of delivery."),
        told=lambda it: notices.told("decided", it),
        is_main=True,
        moves="notify",
    ),
    "appeal": OfficeAct(
        _("Register an appeal"),
        (S.NOTIFIED,),
        may.is_officer,
        lambda _it, posted: office.AppealForm(
            posted, initial={"arrived_on": clock.today()}
        ),
        lambda it, said, by: closing.register_appeal(application=it, by=by, **said),
        lead=_("A late appeal is registered as late, never hidden."),
    ),
    "result": OfficeAct(
        _("Withdraw the result as data"),
        (S.NOTIFIED, S.FINAL),
        may.is_head,
        lambda _it, posted: ReasonForm(posted),
        lambda it, said, by: results.withdraw_result(application=it, by=by, **said),
        lead=_(
            "For a decision that was annulled or replaced, or a result that says what "
            "was not decided. It cannot be undone; the applicant is told."
        ),
        applies=lambda it: results.standing_result(it) is not None,
        told=lambda it: notices.told("result_withdrawn", it),
    ),
    "delay": OfficeAct(
        _("Tell the applicant of the delay"),
        queries.HANDLED,
        may.is_officer,
        lambda _it, posted: office.DelayForm(posted),
        lambda it, said, by: closing.tell_delay(application=it, by=by, **said),
        lead=_(
            "Give the reason and a day; the applicant is also told how to complain."
        ),
        applies=_is_late,
        told=lambda it: notices.told("delayed", it),
    ),
    "fee": OfficeAct(
        _("Record the fee"),
        queries.HANDLED,
        may.is_officer,
        lambda it, posted: office.FeeForm(
            posted, initial={"fee": it.fee, "remark": it.fee_note}
        ),
        lambda it, said, by: filing.record_fee(application=it, by=by, **said),
    ),
}


def offered(
    application: RecognitionApplication, user: User
) -> list[tuple[str, OfficeAct]]:
    """The acts this person may take now; what carries the case on comes first."""
    found = [
        (name, act)
        for name, act in ACTS.items()
        if application.status in act.states
        and act.may(application, user)
        and act.applies(application)
    ]
    return sorted(found, key=lambda pair: not pair[1].is_main)
