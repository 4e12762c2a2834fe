"""The proposal workspace: where each section stands, the whole text, what changed."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qa import answers, attached, path, progress, proposal_text, queries
from qa import permissions as may
from qa.enums import ProcedureKind, ProcedureStatus, VersionStatus
from qa.guards import report
from qa.guards.submission import differs_from_returned_version
from qa.models import Procedure, SignOff, Version
from qa.services.submission import waits_for_agreement
from qa.tasks import signatures
from qa.transitions import may_perform
from qa.views.acts import visible_procedure
from qa.views.mending import lacking

SUBMITTING = {
    ProcedureStatus.DRAFT: "submit",
    ProcedureStatus.RETURNED: "resubmit_completed",
}


def is_editable(procedure: Procedure, user: Any) -> bool:
    """A draft, and the person is one of its authors."""
    return procedure.version.status == VersionStatus.DRAFT and may.is_author(
        procedure, user
    )


def signature_on(version: Version) -> SignOff | None:
    """The head's signature on exactly this revision."""
    signed = version.sign_offs.filter(revision=version.revision)
    return signed.select_related("signed_by").first()


@require_safe
def procedure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The procedure: sections with their checks, the path, what this person can do."""
    procedure = visible_procedure(request, pk)
    version = procedure.version
    submitting = SUBMITTING.get(ProcedureStatus(procedure.status), "")
    is_draft = version.status == VersionStatus.DRAFT
    states = progress.states_of(version)
    context = {
        "procedure": procedure,
        "version": version,
        "states": states,
        "done": sum(state.stand == progress.COMPLETE for state in states),
        "is_draft": is_draft,
        "editable": is_editable(procedure, request.user),
        "signature": signature_on(version) if is_draft else None,
        "missing": lacking(procedure, submitting, request.path) if submitting else (),
        "to_write": _to_write(procedure, states),
        "asked_head": is_draft and signatures.asked(version),
        "path": path.of(procedure),
        "answerable_until": _answerable_until(procedure, request.user),
        "acts": acts_open_to(procedure, request.user),
        "returned_items": returned_items(procedure),
        "earlier": _earlier_versions(request, procedure),
        "asks_for_evaluation": asks_for_evaluation(procedure),
        "answers": answers.of(procedure),
        "attachments": version.attachments.count(),
        "decisions": procedure.decisions.select_related("body"),
        "conditions": queries.open_conditions(procedure, request.user),
        "panel_is_known": queries.panel_is_known(procedure),
        "report_opens": hasattr(procedure, "report")
        and queries.opens_report(procedure, request.user),
        "authors": procedure.micro_credential.authors.all(),
    }
    return render(request, "qa/procedure_detail.html", context)


def _answerable_until(procedure: Procedure, user: Any) -> date | None:
    """The last day on which this person can answer a request to resubmit."""
    its_own = procedure.coordinator_id == user.pk
    return path.answerable_until(procedure) if its_own else None


def _to_write(
    procedure: Procedure, states: list[progress.SectionState]
) -> progress.SectionState | None:
    """Where to go on writing while nothing has changed since the return."""
    if procedure.status != ProcedureStatus.RETURNED or differs_from_returned_version(
        procedure
    ):
        return None
    return next((state for state in states if state.unsettled), states[0])


def returned_items(procedure: Procedure) -> Any:
    """What is asked for while the proposal is back with its authors."""
    if procedure.status != ProcedureStatus.RETURNED:
        return procedure.return_items.none()
    return procedure.return_items.filter(version=returned_version(procedure))


def returned_version(procedure: Procedure) -> Version | None:
    """What was handed in before the copy that is being completed."""
    earlier = procedure.versions.exclude(pk=procedure.version_id)
    return earlier.order_by("number").last()


def _earlier_versions(request: HttpRequest, procedure: Procedure) -> QuerySet[Version]:
    """Versions of the offer before this one, of procedures the person may open."""
    return Version.objects.filter(
        micro_credential=procedure.micro_credential_id,
        number__lt=procedure.version.number,
        procedure__in=queries.procedures_visible_to(request.user),
    ).order_by("-number")


def asks_for_evaluation(procedure: Procedure) -> bool:
    """A re-evaluation and an answer to a decision carry texts beside the sections."""
    return procedure.kind == ProcedureKind.PERIODIC or procedure.follows_id is not None


def acts_open_to(procedure: Procedure, user: Any) -> list[tuple[str, str]]:
    """Where this person can act now: words and address, from the machine."""
    pages = (
        ("submit", _("Check and submit"), "qa:proposal_submit"),
        ("resubmit_completed", _("Check and submit again"), "qa:proposal_submit"),
        ("find_eligible", _("Check the formal requirements"), "qa:screening"),
        ("endorse", _("Record the council's endorsement"), "qa:endorsement_record"),
        ("open_panel", _("Open the panel"), "qa:panel_open"),
        ("start_review", _("The panel"), "qa:panel_detail"),
        ("begin_report", _("Begin the report"), "qa:report_begin"),
        ("send_for_factual_check", _("Write the report"), "qa:report_detail"),
        ("finalise_report", _("Answer the remarks"), "qa:report_detail"),
        ("refer_for_decision", _("Opinions and the report"), "qa:report_detail"),
        ("decide", _("Record the decision"), "qa:decision_record"),
        ("abandon", _("Give the proposal up"), "qa:proposal_abandon"),
    )
    found = [
        (words, reverse(address, args=[procedure.pk]))
        for act, words, address in pages
        if may_perform(procedure, act, user)
    ]
    return [
        *_signature(procedure, user),
        *found,
        *_agreement(procedure, user),
        *_opinions(procedure, user),
    ]


def _agreement(procedure: Procedure, user: Any) -> list[tuple[str, str]]:
    if not waits_for_agreement(procedure) or not may.is_ceac_chair(procedure, user):
        return []
    return [
        (
            _("Agree to another return"),
            reverse("qa:further_return", args=[procedure.pk]),
        )
    ]


def _signature(procedure: Procedure, user: Any) -> list[tuple[str, str]]:
    version = procedure.version
    if (
        version.status != VersionStatus.DRAFT
        or not may.is_head_of_department(procedure, user)
        or signature_on(version)
    ):
        return []
    return [(_("Read and sign"), reverse("qa:proposal_sign_off", args=[procedure.pk]))]


def _opinions(procedure: Procedure, user: Any) -> list[tuple[str, str]]:
    if procedure.status != ProcedureStatus.REPORT_FINAL:
        return []
    asked = (
        ("ceac", may.is_ceac_chair, _("Record the commission's opinion")),
        ("board", may.is_board_secretary, _("Record the board's opinion")),
    )
    return [
        (words, reverse("qa:opinion_record", args=[procedure.pk, kind]))
        for kind, holds, words in asked
        if holds(procedure, user) and not report.has_opinion_of(procedure, kind)
    ]


@require_safe
def proposal_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole proposal on one page, to read or to print."""
    procedure = visible_procedure(request, pk)
    context = {
        "procedure": procedure,
        "sections": proposal_text.of(procedure.version).sections(),
        "answers": answers.of(procedure),
        "attachments": attached.of(procedure.version),
        "reasons": progress.reasoned(progress.states_of(procedure.version)),
    }
    return render(request, "qa/proposal_read.html", context)


@require_safe
def version_compare(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Field by field against an earlier version of the offer."""
    procedure = visible_procedure(request, pk)
    earlier = get_object_or_404(_earlier_versions(request, procedure), number=number)
    old, new = (proposal_text.told_by(one) for one in (earlier, procedure.version))
    context = {
        "procedure": procedure,
        "earlier": earlier,
        "others": _earlier_versions(request, procedure),
        "sections": proposal_text.changes_between(old, new),
        "attachments": proposal_text.attachments_between(old, new),
        "earlier_files": attached.of(earlier),
        "reasons": proposal_text.reasons_between(old, new),
    }
    return render(request, "qa/version_compare.html", context)
