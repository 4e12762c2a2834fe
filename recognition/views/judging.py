"""The assessor's grid and proposal, the committee's decision, the letter."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qa import clock
from qa.services.decision import Obligation
from qa.services.votes import Minutes
from qa.transitions import TransitionRefused
from qa.views.acts import attempt, run_form
from qa.views.check_and_sign import (
    is_to_be_signed,
    only_shows,
    posted_again,
    try_or_do,
)
from recognition import grounds
from recognition import permissions as may
from recognition.enums import ApplicationStatus, CompensatoryMeasure, DocumentKind
from recognition.forms.judging import (
    ComponentFormSet,
    ConditionFormSet,
    DecisionForm,
    ProposalForm,
    RowForm,
    VotesForm,
)
from recognition.models import RecognitionApplication
from recognition.services import comparing, deciding
from recognition.services.comparing import MEASURE_FIELDS, TERMS_FIELDS
from recognition.views.access import shared, visible_application
from recognition.views.office import home

S = ApplicationStatus


def _compared(request: HttpRequest, pk: int) -> RecognitionApplication:
    application = visible_application(request, pk)
    if not may.is_assessor(application, request.user):
        raise PermissionDenied(_("Only the assessor named compares."))
    if application.status not in (S.COMPARING, S.PROPOSED):
        raise Http404
    return application


@require_http_methods(["GET", "POST"])
def row_edit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One line of the grid: what the credential says beside what the purpose asks."""
    application = _compared(request, pk)
    grid = grounds.grid_of(application.track)
    codes = {criterion.key: criterion for criterion in grid}
    if key not in codes:
        raise Http404
    row = get_object_or_404(application.rows, criterion=codes[key].code)
    following = [c for c in grid if grid.index(c) == grid.index(codes[key]) + 1]
    form = RowForm(request.POST or None, row=row)
    done = run_form(
        request,
        form,
        lambda said: comparing.save_row(
            application=application, key=key, finding=said, by=request.user
        ),
        lambda: home(pk),
    )
    if done and request.htmx:
        return render(request, "recognition/_saved.html", {"saved_at": clock.now()})
    if done and following and "next" in request.POST:
        return redirect("recognition:row_edit", pk=pk, key=following[0].key)
    context = shared(application) | {
        "row": row,
        "criterion": codes[key],
        "following": following[0] if following else None,
        "form": form,
    }
    status = 422 if form.errors else 200
    return done or render(request, "recognition/row_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def proposal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal with its components and conditions."""
    application = _compared(request, pk)
    posted = request.POST or None
    form = ProposalForm(posted, initial=_initial_terms(application, ["reasons"]))
    components, conditions = _part_forms(application, posted)
    parts = (components, conditions)
    if request.method == "POST" and all(f.is_valid() for f in (form, *parts)):
        said = form.cleaned_data
        if attempt(
            request,
            lambda: comparing.save_proposal(
                application=application,
                terms=said,
                components=_given(components),
                conditions=_given(conditions),
                by=request.user,
            ),
            _("The proposal is saved."),
        ):
            return redirect(home(pk))
    context = shared(application) | {
        "form": form,
        "components": components,
        "conditions": conditions,
        "rows": application.rows.all(),
    }
    status = 422 if form.errors else 200
    return render(request, "recognition/proposal_edit.html", context, status=status)


def _part_forms(application: RecognitionApplication, posted: Any) -> tuple[Any, Any]:
    """Components and conditions, filled with what the proposal says of them."""
    proposal = getattr(application, "proposal", None)
    listed = (
        proposal.components.values("title", "ects", "counts_as_ro", "counts_as_en")
        if proposal
        else ()
    )
    bound = proposal.conditions.values(*MEASURE_FIELDS) if proposal else ()
    return (
        ComponentFormSet(posted, initial=list(listed), prefix="component"),
        ConditionFormSet(posted, initial=list(bound), prefix="condition"),
    )


def _given(forms: Any) -> list[Any]:
    return [part for part in (form.part() for form in forms) if part is not None]


def _initial_terms(
    application: RecognitionApplication, more: list[str]
) -> dict[str, Any]:
    proposal = getattr(application, "proposal", None)
    names = [*TERMS_FIELDS, *more]
    return {n: getattr(proposal, n) for n in names} if proposal else {}


@require_http_methods(["GET", "POST"])
def decision_record(request: HttpRequest, pk: int) -> HttpResponse:
    """B20: write down vote and resolution; check them word for word; sign."""
    application = visible_application(request, pk)
    if not may.is_committee_secretary(application, request.user):
        raise PermissionDenied(_("Only the committee's secretary records its votes."))
    if application.status != S.IN_COMMITTEE:
        raise Http404
    forms = _posted_forms(request, application)
    if "count" in request.POST and request.htmx:
        tally = forms["votes"].count(application.rule_set)
        return render(request, "qa/_tally.html", {"tally": tally})
    if is_to_be_signed(request, *forms.values()):
        answer = _check_or_sign(request, application, forms)
        if answer is not None:
            return answer
    context = (
        shared(application)
        | forms
        | {
            "proposal": application.proposal,
            "recusals": application.recusals.select_related("user"),
            "tally": forms["votes"].count(application.rule_set),
        }
    )
    bad = not only_shows(request) and any(
        f.is_bound and not f.is_valid() for f in forms.values()
    )
    status = 422 if bad else 200
    return render(request, "recognition/decision_record.html", context, status=status)


def _posted_forms(
    request: HttpRequest, application: RecognitionApplication
) -> dict[str, Any]:
    """The forms as posted; “rest” marks in one go who is not marked yet."""
    forms = _decision_forms(application, request.POST or None)
    rest = request.POST.get("rest")
    if rest:
        forms = _decision_forms(application, forms["votes"].with_rest(rest))
    if only_shows(request):
        _say_nothing(forms)
    return forms


def _say_nothing(forms: dict[str, Any]) -> None:
    """Shown again only to count or go on: nothing is complained about."""
    parts = (*forms["components"], *forms["conditions"])
    for form in (forms["form"], forms["votes"], *parts):
        form.say_nothing()


def _decision_forms(application: RecognitionApplication, posted: Any) -> dict[str, Any]:
    suggested = grounds.articles_for(
        application.legal_instrument,
        application.purpose,
        application.track,
        as_requested=application.proposal.outcome == application.outcome_requested,
    )
    terms = _initial_terms(application, [])
    if not terms.get("grade_granted", "").strip("-–— "):
        terms["grade_granted"] = ""  # a dash states no grade
    initial = terms | {
        "articles": [article.code for article in suggested],
        "remedy_days": application.rule_set.appeal_days,
    }
    components, conditions = _part_forms(application, posted)
    return {
        "form": DecisionForm(posted, initial=initial, application=application),
        "votes": VotesForm(
            posted,
            body=application.committee,
            day=application.meeting_on,
            recused=set(application.recusals.values_list("user_id", flat=True)),
        ),
        "components": components,
        "conditions": conditions,
    }


def _check_or_sign(
    request: HttpRequest, application: RecognitionApplication, forms: dict[str, Any]
) -> HttpResponse | None:
    """First the act is tried and undone, so that the page shows what can be signed."""
    minutes, resolution = _written(application, forms)
    signing = "sign" in request.POST
    try:
        decision = try_or_do(
            lambda: deciding.record_decision(
                application=application,
                resolution=resolution,
                minutes=minutes,
                by=request.user,
            ),
            signing=signing,
        )
    except TransitionRefused as refusal:
        forms["form"].add_error(None, refusal.sentence)
        return None
    if signing:
        return redirect(home(application.pk))
    context = shared(application) | {
        "resolution": resolution,
        "terms": resolution.terms,
        "articles": grounds.articles_named(resolution.articles),
        "outcome": _outcome_label(resolution.terms["outcome"]),
        "conditions": [
            (CompensatoryMeasure(one.kind).label, one) for one in resolution.conditions
        ],
        "minutes": minutes,
        "votes": forms["votes"],
        "tally": forms["votes"].count(application.rule_set),
        "is_carried": decision.is_carried,
        "posted": posted_again(request),
    }
    return render(request, "recognition/decision_check.html", context)


def _outcome_label(outcome: str) -> str:
    return str(dict(DecisionForm.base_fields["outcome"].choices)[outcome])


def _written(
    application: RecognitionApplication, forms: dict[str, Any]
) -> tuple[Minutes, deciding.Resolution]:
    said = forms["form"].cleaned_data
    minutes = Minutes(
        body=application.committee,
        held_on=application.meeting_on,
        casts=forms["votes"].casts(),
        agenda_item=application.agenda_item,
        reasons_ro=said["reasons_ro"],
        reasons_en=said["reasons_en"],
        signatory=said["signatory"],
        details={n: said[n] for n in ("remedy_ro", "remedy_en", "remedy_days")},
    )
    resolution = deciding.Resolution(
        terms={n: said[n] for n in TERMS_FIELDS},
        comparison_ro=said["comparison_ro"],
        comparison_en=said["comparison_en"],
        components=[
            (p.title, p.ects, p.counts_as_ro, p.counts_as_en)
            for p in _given(forms["components"])
        ],
        articles=said["articles"],
        remedy_body=said["remedy_body"],
        departure_reasons_ro=said["departure_reasons_ro"],
        departure_reasons_en=said["departure_reasons_en"],
    )
    conditions = [
        Obligation(
            owner=application.applicant,
            **{name: getattr(part, name) for name in MEASURE_FIELDS},
        )
        for part in _given(forms["conditions"])
    ]
    return minutes, replace(resolution, conditions=conditions)


@require_safe
def letter_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the letter says, before it is made and sent."""
    application = visible_application(request, pk)
    resolution = application.resolution
    if resolution is None:
        raise Http404
    letters = application.case.documents.filter(kind=DocumentKind.DECISION_LETTER)
    context = shared(application) | {
        "resolution": resolution,
        "decision": resolution.decision,
        "letters": letters,
    }
    return render(request, "recognition/letter_preview.html", context)
