"""Issuer, verification, track and requests: B07, B08, B11, B12."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, record
from qa.models import Country, Document, Institution, User
from qa.services.people import system_actor
from qa.transitions import note, perform, refuse_unless, refuse_unmet
from recognition import flows
from recognition import permissions as may
from recognition.enums import Addressee, LegalInstrument, VerificationResult
from recognition.enums import ApplicationStatus as S
from recognition.guards.handling import (
    REQUEST,
    awarding_body_is_resolved,
    issuer_is_resolved,
)
from recognition.models import (
    IncomingCredential,
    InfoRequest,
    RecognitionApplication,
    Verification,
)
from recognition.models.credential import PARTIES
from recognition.models.handling import ASKING
from recognition.services import notices
from recognition.services.asking import locked
from recognition.services.pausing import PauseEnd


@dataclass(frozen=True)
class IssuerFindings:
    """Who issued and awarded, and what they were on the day of the award.

    A party outside our list goes by the name that was found, or is named nowhere; the
    basis says why.
    """

    issuer_status: str
    awarding_body_status: str
    provision_scope: str
    basis: str
    issuer: Institution | None = None
    awarding_body: Institution | None = None
    legal_instrument: str = ""
    issuer_name: str = ""
    awarding_body_name: str = ""
    issuer_is_named_nowhere: bool = False
    awarding_body_is_named_nowhere: bool = False

    def found(self, party: str) -> dict[str, Any]:
        """What is found of a party besides the list; empty if nothing is."""
        name = str(getattr(self, f"{party}_name")).strip()
        nowhere = bool(getattr(self, f"{party}_is_named_nowhere"))
        told = {"name": name, "is_named_nowhere": nowhere}
        return told if name or nowhere else {}

    def contradict_each_other(self) -> bool:
        """Whether a party is named in two ways, or named and named nowhere."""
        return any(
            bool(getattr(self, party))
            + len([v for v in self.found(party).values() if v])
            > 1
            for party in PARTIES
        )


@dataclass(frozen=True)
class Check:
    """One check of authenticity: how, with what result, on what evidence."""

    method: str
    result: str
    evidence: str
    checked_on: date | None = None
    document: Document | None = None


@dataclass(frozen=True)
class Question:
    """What is asked, why it is indispensable, who alone has the answer."""

    question: str
    why: str
    addressee: str = Addressee.APPLICANT


def instrument_for(country: str) -> str:
    """The legal instrument that the issuer's country suggests."""
    found = Country.objects.filter(alpha2=country).first()
    if found is None:
        return LegalInstrument.NONE
    return LegalInstrument.LISBON if found.is_lisbon_party else LegalInstrument.NATIONAL


@transaction.atomic
def resolve_issuer(
    *, application: RecognitionApplication, findings: IssuerFindings, by: User
) -> RecognitionApplication:
    """Judge issuer, awarding body and provision as of the day of the award."""
    fresh = locked(application)
    _refuse_others(fresh, by, (S.COMPLETE, S.VERIFYING, S.TRACKED))
    _refuse_unclear(findings)
    credential = fresh.credential
    _write_who(credential, findings)
    refuse_unmet(fresh, (issuer_is_resolved, awarding_body_is_resolved), by=by)
    credential.issuer_status = findings.issuer_status
    credential.awarding_body_status = findings.awarding_body_status
    credential.provision_scope = findings.provision_scope
    credential.status_basis = findings.basis.strip()
    credential.status_as_of = credential.issued_on
    credential.status_at, credential.status_by = clock.now(), by
    credential.save()
    fresh.legal_instrument = findings.legal_instrument or instrument_for(
        credential.issuer_country
    )
    fresh.save(update_fields=["legal_instrument"])
    facts = {
        "issuer_status": credential.issuer_status,
        "awarding_body_status": credential.awarding_body_status,
        "provision_scope": credential.provision_scope,
        "found": {
            p: record.as_written(told) for p in PARTIES if (told := findings.found(p))
        },
        "as_of": credential.status_as_of,
        "legal_instrument": fresh.legal_instrument,
    }
    note(fresh.case, fresh, "resolve_issuer", by=by, facts=facts)
    return fresh


def _refuse_unclear(findings: IssuerFindings) -> None:
    """Everything is judged, on some basis, and nobody is named in two ways."""
    refuse_unless(
        all(
            (
                findings.issuer_status,
                findings.awarding_body_status,
                findings.provision_scope,
                findings.basis.strip(),
            )
        ),
        _("Judge issuer, awarding body and provision, and say on what basis."),
    )
    refuse_unless(
        not findings.contradict_each_other(),
        _("Choose from the list, write a name, or say that it is named nowhere."),
    )


def _write_who(credential: IncomingCredential, findings: IssuerFindings) -> None:
    """Beside what the applicant stated, never over it."""
    for party in PARTIES:
        setattr(credential, party, getattr(findings, party))
        credential.origins.pop(party, None)
        if told := findings.found(party):
            credential.origins[party] = told


@transaction.atomic
def start_verification(
    *, application: RecognitionApplication, by: User
) -> RecognitionApplication:
    """B07."""
    return perform(application, "start_verification", by=by, hand_on=flows.hand_on)


@transaction.atomic
def record_verification(
    *, application: RecognitionApplication, check: Check, by: User
) -> Verification:
    """One more check; earlier ones stay as they are, the latest counts."""
    fresh = locked(application)
    _refuse_others(fresh, by, (*ASKING, S.INFO_REQUESTED))
    refuse_unless(
        check.result == VerificationResult.NOT_STARTED or bool(check.evidence.strip()),
        _("Say what was seen, and where the contact was found."),
    )
    day = check.checked_on or clock.today()
    refuse_unless(day <= clock.today(), _("A check cannot lie in the future."))
    verification = Verification.objects.create(
        application=fresh,
        method=check.method,
        result=check.result,
        checked_on=day,
        evidence=check.evidence.strip(),
        document=check.document,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    facts = {"verification": verification, "result": check.result}
    note(fresh.case, fresh, "record_verification", by=by, facts=facts)
    return verification


@transaction.atomic
def choose_track(
    *, application: RecognitionApplication, track: str, reason: str, by: User
) -> RecognitionApplication:
    """B08: how the credential is compared, and why so."""
    return perform(
        application,
        "choose_track",
        by=by,
        reason=reason,
        facts={"track": track},
        hand_on=flows.hand_on,
    )


@transaction.atomic
def allow_further_request(
    *, application: RecognitionApplication, reason: str, by: User
) -> RecognitionApplication:
    """The head of the office agrees to one more question."""
    fresh = locked(application)
    if not may.is_head(fresh, by):
        raise PermissionDenied(_("Only the head of the office agrees to it."))
    refuse_unless(fresh.status in ASKING, _("No question can be asked now."))
    refuse_unless(bool(reason.strip()), _("Say why another question is needed."))
    fresh.further_request_at, fresh.further_request_by = clock.now(), by
    fresh.save(update_fields=["further_request_at", "further_request_by"])
    note(fresh.case, fresh, "allow_further_request", by=by, reason=reason)
    return fresh


@transaction.atomic
def request_information(
    *, application: RecognitionApplication, question: Question, by: User
) -> RecognitionApplication:
    """B11: ask for what only the applicant or the issuer has; the clock stops."""
    fresh = locked(application)
    today = clock.today()
    request = InfoRequest(
        application=fresh,
        question=question.question.strip(),
        why=question.why.strip(),
        addressee=question.addressee,
        asked_at=clock.now(),
        asked_by=by,
        agreed_by=fresh.further_request_by,
        paused_from=today,
        term_on=clock.add_days(today, fresh.rule_set.info_request_days),
    )
    refuse_unless(fresh.status in ASKING, _("No question can be asked now."))
    refuse_unmet(fresh, REQUEST, by=by, facts={"request": request})
    request.save()
    waiting = perform(
        fresh,
        "request_information",
        by=by,
        facts={"request": request, "asked": record.wrote_on(request)},
        hand_on=flows.hand_on,
    )
    if request.addressee == Addressee.APPLICANT:
        notices.question(waiting, request)
    return waiting


@transaction.atomic
def answer_request(
    *,
    application: RecognitionApplication,
    answer: str,
    arrived_on: date | None = None,
    by: User,
) -> InfoRequest:
    """The applicant answers; what came from the issuer or on paper, an officer notes."""
    fresh = locked(application)
    request = fresh.open_request
    refuse_unless(
        request is not None and request.answered_at is None, _("No question is open.")
    )
    from_office = may.is_officer(fresh, by)
    from_applicant = (
        may.is_applicant(fresh, by) and request.addressee == Addressee.APPLICANT
    )
    if not (from_office or from_applicant):
        raise PermissionDenied(_("This question was put to somebody else."))
    day = (arrived_on if from_office else None) or clock.today()
    refuse_unless(
        bool(answer.strip()) and request.paused_from <= day <= clock.today(),
        _("Write the answer, and the day on which it arrived."),
    )
    values = {
        "answer": answer.strip(),
        "answered_on": day,
        "answered_at": clock.now(),
        "answered_by_id": by.pk,
    }
    InfoRequest.objects.filter(pk=request.pk).update(**values)
    facts = {"request": record.wrote_on(request, values)}
    fresh.paused_until = request.pause_ends(day)
    fresh.save(update_fields=["paused_until"])
    note(fresh.case, fresh, "answer_request", by=by, facts=facts)
    flows.answered(fresh, by)
    if from_applicant:
        notices.reply_arrived(fresh)
    return InfoRequest.objects.get(pk=request.pk)


@transaction.atomic
def resume(*, application: RecognitionApplication, by: User) -> RecognitionApplication:
    """B12: go on after the reply or the term; the pause ends with what came first."""
    fresh = locked(application)
    request = fresh.open_request
    refuse_unless(request is not None, _("No question is open."))
    end = PauseEnd.of(fresh, request, by)
    resumed = perform(fresh, "resume", by=by, facts=end.facts(), hand_on=flows.hand_on)
    end.close()
    return resumed


@transaction.atomic
def resume_after_term(*, application: RecognitionApplication) -> RecognitionApplication:
    """B12 by time: no reply came within the term."""
    return resume(application=application, by=system_actor())


def _refuse_others(
    application: RecognitionApplication, by: User, states: Sequence[str]
) -> None:
    if not may.is_officer(application, by):
        raise PermissionDenied(_("Only the recognition office does this."))
    refuse_unless(
        application.status in states, _("This is not possible at this point.")
    )
