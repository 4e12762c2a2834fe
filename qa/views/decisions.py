"""Recording votes: opinions, the senate's decision, withdrawal; conditions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qa import clock, queries
from qa import permissions as may
from qa.enums import AccreditationStatus, BodyKind, Outcome
from qa.forms.conditions import EvidenceForm, ExtensionForm, JudgementForm
from qa.forms.votes import (
    DecisionForm,
    ObligationFormSet,
    OpinionForm,
    RenewalDecisionForm,
    WithdrawalForm,
)
from qa.guards.departure import departs
from qa.models import Accreditation, Body, Condition, Procedure, User
from qa.services import decision as deciding
from qa.services import intake, notices, review
from qa.transitions import may_perform, unmet_clauses, unmet_rowless
from qa.views.acts import attempt, run_form, visible_procedure
from qa.views.check_and_sign import is_to_be_signed, only_shows
from qa.views.foretold import foretell
from qa.views.minutes import minutes_form, minutes_page, sign_minutes

# Texts of a proposed condition that a condition of the decision has too.
TOLD_BY_THE_PANEL = (
    *("text_ro", "text_en"),
    *("evidence_required_ro", "evidence_required_en"),
)


@require_http_methods(["GET", "POST"])
def opinion_record(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The opinion of the commission (ceac) or of the Board of Administration (board)."""
    procedure = visible_procedure(request, pk)
    asked = {"ceac": may.is_ceac_chair, "board": may.is_board_secretary}.get(kind)
    if asked is None:
        raise Http404
    if not asked(procedure, request.user):
        raise PermissionDenied(_("This body's opinion is recorded by its own office."))
    body = get_object_or_404(Body, kind=kind)
    form = minutes_form(
        request,
        lambda posted: OpinionForm(
            posted,
            body=body,
            rules=procedure.rule_set,
            interested=may.interested_in(procedure),
        ),
    )
    if is_to_be_signed(request, form):
        answer = sign_minutes(
            request,
            procedure,
            form,
            lambda: review.record_opinion(
                procedure=procedure,
                minutes=form.minutes(),
                favourable=form.cleaned_data["favourable"],
                by=request.user,
            ),
            told=_told_of_opinion(procedure, kind, request.user),
        )
        if answer:
            return answer
    return minutes_page(request, procedure, form, title=_("Record the opinion"))


def _told_of_opinion(procedure: Procedure, kind: str, by: User) -> list[User]:
    """The commission waits for the board's; its own goes on with the case."""
    return notices.told("board_opinion", procedure, by=by) if kind == "board" else []


@require_http_methods(["GET", "POST"])
def decision_record(request: HttpRequest, pk: int) -> HttpResponse:
    """A16: the senate's vote with reasons, validity, remedy and conditions."""
    procedure = visible_procedure(request, pk)
    if not may.is_senate_secretary(procedure, request.user):
        raise PermissionDenied(_("Only the senate's secretary records its votes."))
    if not may_perform(procedure, "decide", request.user):
        raise Http404
    kind = RenewalDecisionForm if _rejection_withdraws(procedure) else DecisionForm
    form = minutes_form(request, lambda posted: _senate_form(kind, procedure, posted))
    conditions = _condition_forms(request, procedure)
    binding = conditions if _binds(form, conditions) else []
    if is_to_be_signed(request, form, *binding):
        answer = _decided(request, procedure, form, conditions, binding)
        if answer:
            return answer
    return minutes_page(
        request,
        procedure,
        form,
        title=_("Record the decision"),
        formset=conditions,
        report=procedure.report,
    )


def _decided(
    request: HttpRequest,
    procedure: Procedure,
    form: DecisionForm,
    conditions: Any,
    binding: Any,
) -> HttpResponse | None:
    """The decision to look at once more, or recorded; None where it is refused."""
    obligations = [o for c in binding if (o := c.obligation())]
    outcome, held_on = form.cleaned_data["outcome"], form.cleaned_data["held_on"]
    departed = departs(procedure.report, outcome, obligations, held_on)

    def decide() -> None:
        deciding.record_decision(
            procedure=procedure,
            outcome=outcome,
            minutes=form.minutes(**form.details(departs=departed)),
            obligations=obligations,
            teach_out=(form.plan() if isinstance(form, RenewalDecisionForm) else None),
            by=request.user,
        )

    return sign_minutes(
        request,
        procedure,
        form,
        decide,
        formset=conditions,
        obligations=obligations,
        told=notices.told("A16", procedure, by=request.user),
    )


def _condition_forms(request: HttpRequest, procedure: Procedure) -> Any:
    """The conditions as posted; at first those that the panel proposes."""
    found = ObligationFormSet(
        request.POST or None,
        initial=_proposed_conditions(procedure),
        prefix="conditions",
        form_kwargs={"procedure": procedure},
    )
    if only_shows(request):
        for condition in found:
            condition.say_nothing()
    return found


def _proposed_conditions(procedure: Procedure) -> list[dict[str, Any]]:
    """What the panel proposes to ask for, in the languages in which it wrote it."""
    report = procedure.report
    if report.proposed_outcome != Outcome.APPROVED_WITH_CONDITIONS:
        return []
    return [
        {
            **{name: _as_posted(getattr(point, name)) for name in TOLD_BY_THE_PANEL},
            "standard": point.standard,
            "deadline": clock.add_months(clock.today(), point.deadline_months)
            if point.deadline_months
            else None,
        }
        for point in report.proposed_conditions.select_related("standard")
    ]


def _as_posted(text: str) -> str:
    """With the ends of lines that a browser sends, so that only a change is one."""
    return "\r\n".join(text.splitlines())


def _binds(form: DecisionForm, conditions: Any) -> bool:
    """Another motion than to approve with conditions leaves the proposed ones aside."""
    return form["outcome"].value() == Outcome.APPROVED_WITH_CONDITIONS or any(
        condition.has_changed() for condition in conditions
    )


def _senate_form(
    kind: type[DecisionForm], procedure: Procedure, posted: QueryDict | None
) -> DecisionForm:
    return kind(
        posted,
        body=get_object_or_404(Body, kind=BodyKind.SENATE),
        rules=procedure.rule_set,
        interested=may.interested_in(procedure),
        initial={
            "outcome": procedure.report.proposed_outcome,
            **_remedy(procedure),
        },
    )


def _rejection_withdraws(procedure: Procedure) -> bool:
    """Whether rejecting this re-evaluation withdraws an accreditation in force."""
    earlier = procedure.renews
    return (
        earlier is not None
        and earlier.status == AccreditationStatus.IN_FORCE
        and earlier.withdrawal_id is None
    )


def _remedy(procedure: Procedure) -> dict[str, str]:
    """The usual remedy, to be kept or changed."""
    told = {}
    for language in ("ro", "en"):
        with translation.override(language):
            told[f"remedy_{language}"] = _(
                "Prior complaint to the University Senate within %(days)s days of notice."
            ) % {"days": procedure.rule_set.appeal_days}
    return told


@require_POST
def resubmission_open(request: HttpRequest, pk: int) -> HttpResponse:
    """A17: open the procedure that answers a decision to resubmit."""
    earlier = visible_procedure(request, pk)
    opened: list[Procedure] = []
    done = attempt(
        request,
        lambda: opened.append(
            intake.answer_resubmission(earlier=earlier, by=request.user)
        ),
        _("The new procedure starts from a copy of what was decided on."),
    )
    return redirect("qa:procedure_detail", pk=opened[0].pk if done else pk)


@require_http_methods(["GET", "POST"])
def withdrawal_record(request: HttpRequest, pk: int) -> HttpResponse:
    """A31: the senate's vote to withdraw an accreditation in force."""
    period = get_object_or_404(
        Accreditation.objects.filter(status=AccreditationStatus.IN_FORCE), pk=pk
    )
    procedure = visible_procedure(request, period.procedure_id)
    if not may.is_senate_secretary(procedure, request.user):
        raise PermissionDenied(_("Only the senate's secretary records its votes."))
    if request.method == "GET" and period.withdrawal_id is not None:
        raise Http404
    senate = get_object_or_404(Body, kind=BodyKind.SENATE)
    form = minutes_form(
        request,
        lambda posted: WithdrawalForm(
            posted,
            body=senate,
            rules=procedure.rule_set,
            interested=may.interested_in(procedure),
            initial=_remedy(procedure),
        ),
    )
    if is_to_be_signed(request, form):
        answer = sign_minutes(
            request,
            procedure,
            form,
            lambda: deciding.record_withdrawal(
                accreditation=period,
                minutes=form.minutes(**form.burden()),
                plan=form.plan(),
                by=request.user,
            ),
            told=notices.told("set_withdrawal", period, by=request.user),
        )
        if answer:
            return answer
    return minutes_page(
        request, procedure, form, title=_("Record the withdrawal of the accreditation")
    )


@require_http_methods(["GET", "POST"])
def condition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A condition: evidence by its owner, judgement by the commission."""
    condition = _visible_condition(request, pk)
    user = request.user
    owns = may_perform(condition, "submit_evidence", user)
    judges = may_perform(condition, "fulfil", user)
    form = _condition_form(request.POST or None, owns=owns, judges=judges)
    done = form and run_form(
        request,
        form,
        lambda said: _act_on_condition(condition, said, user),
        lambda: reverse("qa:condition_detail", args=[pk]),
        _("Recorded."),
    )
    return done or _condition_page(request, condition, form, judges=judges)


def _condition_page(
    request: HttpRequest,
    condition: Condition,
    form: Any,
    *,
    judges: bool,
    extension: ExtensionForm | None = None,
) -> HttpResponse:
    """The condition with what the person can do; an extension posted is kept."""
    user = request.user
    extends = may.judges_condition(condition, user) and not unmet_rowless(
        condition, "extend", user
    )
    context = {
        "here": reverse("qa:condition_detail", args=[condition.pk]),
        "condition": condition,
        "procedure": condition.decision.procedure,
        "form": form,
        "judges": judges,
        "extension_form": extension or (ExtensionForm() if extends else None),
        "missing": unmet_clauses(condition, "fulfil", user) if judges else (),
        "foretold": [
            foretell(row, condition, by=user)
            for row in (("C3", "C4") if judges else ("C2",))
        ],
        "extension_foretold": [foretell("extend", condition, by=user)],
    }
    is_wrong = any(one is not None and one.errors for one in (form, extension))
    status = 422 if is_wrong else 200
    return render(request, "qa/condition_detail.html", context, status=status)


def _visible_condition(request: HttpRequest, pk: int) -> Condition:
    return get_object_or_404(
        queries.conditions_visible_to(request.user).select_related(
            "decision__procedure__version", "owner", "standard", "decision__body"
        ),
        pk=pk,
    )


def _condition_form(posted: QueryDict | None, *, owns: bool, judges: bool) -> Any:
    if owns:
        return EvidenceForm(posted)
    return JudgementForm(posted) if judges else None


def _act_on_condition(condition: Any, said: dict[str, Any], user: User) -> None:
    if "evidence" in said:
        deciding.submit_evidence(
            condition=condition, evidence=said["evidence"], by=user
        )
    else:
        deciding.judge_condition(condition=condition, by=user, **said)


@require_POST
def condition_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """The one extension of a condition; refused, it can be mended where it stands."""
    condition = _visible_condition(request, pk)
    if not may.judges_condition(condition, request.user):
        raise PermissionDenied(_("Only who judges the condition extends it."))
    extension = ExtensionForm(request.POST)
    done = run_form(
        request,
        extension,
        lambda said: deciding.extend_condition(
            condition=condition, by=request.user, **said
        ),
        lambda: reverse("qa:condition_detail", args=[pk]),
        _("The term is extended."),
    )
    if done:
        return done
    owns = may_perform(condition, "submit_evidence", request.user)
    judges = may_perform(condition, "fulfil", request.user)
    form = _condition_form(None, owns=owns, judges=judges)
    return _condition_page(request, condition, form, judges=judges, extension=extension)
