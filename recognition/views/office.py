"""The office's side: the case page and its acts, offered by state and person."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from qa import clock
from qa.enums import ConditionStatus
from qa.forms.conditions import ExtensionForm
from qa.models import Condition, User
from qa.transitions import unmet_clauses
from qa.views.acts import attempt, run_form
from qa.views.mending import Lack, lacks
from recognition import permissions as may
from recognition import queries
from recognition.enums import ApplicationStatus, Element
from recognition.forms.office import JudgeConditionForm, SettleForm, item_forms
from recognition.guards import comparison as guard
from recognition.guards import notification as letter
from recognition.models import IncomingCredential, RecognitionApplication
from recognition.services import comparing, conditions, filing, handling, notices
from recognition.services.filling import missing_in_file
from recognition.views.access import (
    act_page,
    application_to_declare_on,
    shared,
    visible_application,
)
from recognition.views.checking import checks_of
from recognition.views.mending import lacking, mended_by
from recognition.views.office_acts import ACTS, OfficeAct, offered

S = ApplicationStatus
DECLARING = "conflict"


def home(pk: int) -> str:
    return reverse("recognition:application_detail", args=[pk])


@require_safe
def application_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole case: what was checked, the grid, the decision, the record."""
    if _declares_first(request.user, pk):
        return _declaration_asked(request, pk)
    application = visible_application(request, pk)
    user, status = request.user, application.status
    context = shared(application) | {
        "elements": elements_of(application.credential),
        "documents": application.case.documents.all(),
        "verifications": application.verifications.select_related("recorded_by"),
        "items": application.missing_items.all(),
        "requests": application.info_requests.select_related("asked_by", "agreed_by"),
        "assessors": application.assessors.select_related("user", "judged_by"),
        "rows": application.rows.all(),
        "proposal": getattr(application, "proposal", None),
        "resolution": application.resolution,
        "recusals": application.recusals.select_related("user"),
        "votes_kept": application.case.decisions.select_related("body"),
        "appeals": application.appeals.all(),
        "paper": _background_paper(application, user),
        **_acts(application, user),
        **checks_of(application, user),
        "officer": may.is_officer(application, user),
        "decides": status == S.IN_COMMITTEE
        and may.is_committee_secretary(application, user),
        "draws_up_letter": _draws_up_letter(application, user),
        "compares": may.compares(application, user)
        and status in (S.COMPARING, S.PROPOSED),
        "events": queries.events_of(application),
    }
    return render(request, "recognition/application_detail.html", context)


def _declares_first(user: User, pk: int) -> bool:
    """Named assessor, with nothing else that opens the file before the declaration."""
    return (
        not queries.applications_visible_to(user).filter(pk=pk).exists()
        and queries.applications_to_declare_on(user).filter(pk=pk).exists()
    )


def _declaration_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose application of what it is, and the way to the declaration; no more."""
    application = application_to_declare_on(request, pk)
    context = shared(application) | {
        "acts": [a for a in offered(application, request.user) if a[0] == DECLARING],
        "sentence": guard.assessor_is_free_of_conflict.sentence,
    }
    return render(request, "recognition/declaration.html", context)


def elements_of(credential: IncomingCredential) -> list[tuple[Any, bool]]:
    """The eleven elements, each with whether the document states it."""
    return [(element, credential.states(element)) for element in Element]


def _background_paper(application: RecognitionApplication, user: Any) -> Any:
    """It may speak of flight: only who works on the file reads it."""
    if not may.works_on(application, user):
        return None
    return getattr(application, "background_paper", None)


def _draws_up_letter(application: RecognitionApplication, user: User) -> bool:
    """Decided, and no letter is on file yet: it comes before its delivery."""
    return (
        application.status == S.DECIDED
        and may.is_officer(application, user)
        and not letter.letter_is_on_file(application)
    )


NEXT_ACT = {
    S.INCOMPLETE: "complete",
    S.INFO_REQUESTED: "resume",
    S.COMPLETE: "start_verification",
    S.VERIFYING: "choose_track",
    S.TRACKED: "start_comparison",
    S.COMPARING: "propose",
    S.DECIDED: "notify",
    S.NOTIFIED: "close",
}
# What these are called where the page says what they wait for.
NEXT_ACT_WORDS: dict[str, str | Promise] = {
    "": "",
    "complete": gettext_lazy("Declare the file complete"),
    "resume": gettext_lazy("Go on with the case"),
    "start_verification": gettext_lazy("Begin the verification"),
    "choose_track": ACTS["track"].title,
    "start_comparison": gettext_lazy("Start the comparison"),
    "propose": gettext_lazy("Hand the proposal in"),
    "notify": ACTS["notify"].title,
    "close": gettext_lazy("Make the decision final"),
}


def _acts(application: RecognitionApplication, user: User) -> dict[str, Any]:
    """What the person may do, what the next act waits for, and what to do first."""
    acts = offered(application, user)
    onward = NEXT_ACT.get(S(application.status), "")
    main = _main_act(application, acts, onward)
    return {
        "acts": sorted(acts, key=lambda one: one[0] != main),
        "main_act": main,
        "next_act": NEXT_ACT_WORDS[onward],
        "missing": lacking(application, onward, [name for name, _act in acts]),
    }


def _main_act(
    application: RecognitionApplication, acts: list[tuple[str, OfficeAct]], onward: str
) -> str:
    """What meets something still missing; else the act that carries the case on."""
    mending = mended_by(application, onward)
    carrying = [name for name, act in acts if act.moves and not mending]
    main = [name for name, act in acts if act.is_main and not act.moves]
    found = [name for name, _act in acts if name in mending] or carrying or main
    return next(iter(found), "")


def _waits_for(
    application: RecognitionApplication, act: OfficeAct, user: User
) -> tuple[Lack, ...]:
    """What must be met before an act, besides what its own form meets."""
    if not act.moves:
        return ()
    acts = [name for name, one in offered(application, user) if one is not act]
    own = {name for name, one in ACTS.items() if one is act}
    return lacking(application, act.moves, acts, met_by=own)


@require_http_methods(["GET", "POST"])
def office_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One act of the office: its form, one button."""
    find = application_to_declare_on if name == DECLARING else visible_application
    application = find(request, pk)
    act = ACTS.get(name)
    if act is None or application.status not in act.states:
        raise Http404
    if not act.may(application, request.user):
        raise PermissionDenied
    form = act.form(application, request.POST if request.method == "POST" else None)
    done = run_form(
        request,
        form,
        lambda said: act.do(application, said, request.user),
        lambda: home(pk),
        str(act.done),
    )
    return done or _page(request, application, act, form)


def _page(
    request: HttpRequest, application: RecognitionApplication, act: OfficeAct, form: Any
) -> HttpResponse:
    return act_page(
        request,
        application,
        form,
        home(application.pk),
        title=act.title,
        lead=act.lead,
        quote=act.quote(application) if act.quote else "",
        button=act.button or act.title,
        missing=_waits_for(application, act, request.user),
        minds_learner=act.minds_learner,
        told=act.told(application),
    )


@require_http_methods(["GET", "POST"])
def missing_items(request: HttpRequest, pk: int) -> HttpResponse:
    """B02: the list of what is missing, each with why it is needed."""
    application = visible_application(request, pk)
    if not may.is_officer(application, request.user):
        raise PermissionDenied
    proposed = missing_in_file(application)
    forms = item_forms(request.POST or None, proposed, application.applicant.language)
    if request.method == "POST" and forms.is_valid():
        items = [
            (said["what"], said["why"])
            for said in (form.cleaned_data for form in forms)
            if said.get("what")
        ]
        if attempt(
            request,
            lambda: filing.declare_incomplete(
                application=application, items=items, by=request.user
            ),
            _("The applicant was told what is missing."),
        ):
            return redirect(home(pk))
    context = shared(application) | {
        "forms": forms,
        "proposed": proposed,
        "missing": lacks(
            application, unmet_clauses(application, "find_incomplete"), {}
        ),
    }
    status = 422 if forms.is_bound and not forms.is_valid() else 200
    return render(request, "recognition/missing_items.html", context, status=status)


@require_http_methods(["GET", "POST"])
def item_settle(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One item arrived, or cannot be obtained."""
    application = visible_application(request, pk)
    item = get_object_or_404(application.missing_items, pk=number)
    form = SettleForm(request.POST or None, initial={"settled_on": clock.today()})
    done = run_form(
        request,
        form,
        lambda said: filing.settle_item(item=item, by=request.user, **said),
        lambda: home(pk),
    )
    return done or act_page(
        request,
        application,
        form,
        home(pk),
        title=_("Settle a missing item"),
        quote=item,
        button=_("Record"),
    )


def _extension_of(condition: Condition, user: User) -> str:
    """Where its term may be extended; nowhere a second time, nor one's own."""
    is_open = condition.status != ConditionStatus.FULFILLED
    if not is_open or hasattr(condition, "extension") or condition.owner_id == user.pk:
        return ""
    at = [condition.decision.case_id, condition.pk]
    return reverse("recognition:condition_extend", args=at)


@require_http_methods(["GET", "POST"])
def condition_judge(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """C3 or C4."""
    application = visible_application(request, pk)
    condition = get_object_or_404(Condition, pk=number, decision__case_id=pk)
    if not may.is_officer(application, request.user):
        raise PermissionDenied
    form = JudgeConditionForm(request.POST or None)
    done = run_form(
        request,
        form,
        lambda said: conditions.judge_condition(
            condition=condition, by=request.user, **said
        ),
        lambda: home(pk),
    )
    return done or act_page(
        request,
        application,
        form,
        home(pk),
        title=_("Judge whether the condition is met"),
        quote=condition.evidence,
        extend=_extension_of(condition, request.user),
        told=notices.told("condition_met", condition),
        button=_("Sign the judgement"),
    )


@require_http_methods(["GET", "POST"])
def condition_extend(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The one extension of a condition's term."""
    application = visible_application(request, pk)
    condition = get_object_or_404(Condition, pk=number, decision__case_id=pk)
    if not may.is_officer(application, request.user):
        raise PermissionDenied
    if condition.owner_id == request.user.pk:
        raise PermissionDenied(
            _("Nobody extends the term of a condition of their own.")
        )
    form = ExtensionForm(request.POST or None)
    done = run_form(
        request,
        form,
        lambda said: conditions.extend_condition(
            condition=condition, by=request.user, **said
        ),
        lambda: home(pk),
        _("The term is extended."),
    )
    return done or act_page(
        request,
        application,
        form,
        home(pk),
        title=_("Extend the term once"),
        lead=_(
            "A condition is extended once, to a later day and with its reason; the "
            "applicant sees both."
        ),
        quote=condition,
        told=notices.told("condition_extended", condition),
        button=_("Extend"),
    )


@require_POST
def declare_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """B03, B04."""
    application = visible_application(request, pk)
    attempt(
        request,
        lambda: filing.declare_complete(application=application, by=request.user),
        _("The file is complete; the clock runs."),
    )
    return redirect(home(pk))


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """B12."""
    application = visible_application(request, pk)
    attempt(
        request,
        lambda: handling.resume(application=application, by=request.user),
        _("The case goes on; both limits moved by the days it waited."),
    )
    return redirect(home(pk))


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """B17."""
    application = visible_application(request, pk)
    attempt(
        request,
        lambda: comparing.propose_outcome(application=application, by=request.user),
        _("The proposal is with the committee's secretary."),
    )
    return redirect(home(pk))
