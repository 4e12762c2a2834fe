"""Pages of the panel: its seats, invitations, declarations."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from qa import clock, queries
from qa import permissions as may
from qa.enums import DeclarationStatus, PanelMemberStatus
from qa.forms.panel import (
    DeclarationForm,
    InvitationForm,
    NominationForm,
    ReasonForm,
    RulingForm,
    SeatForm,
)
from qa.guards.panel import asked_to_chair, panel_is_open
from qa.models import ConflictDeclaration, PanelMember, Procedure
from qa.services import panel
from qa.transitions import may_perform, unmet_clauses, unmet_to_open
from qa.views.acts import act_page, attempt, run_form, visible_procedure
from qa.views.challenges import challengeable, visible_member, waivable
from qa.views.foretold import foretell, foretell_named, if_the_last_is_gone
from qa.views.mending import Lack, lacking


@require_safe
def panel_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of a procedure: who sits, who declared what, what is still missing."""
    procedure = visible_procedure(request, pk)
    user = request.user
    seats = procedure.members.select_related(
        "user", "declaration", "successor__user"
    ).prefetch_related("challenges")
    if not queries.panel_is_known(procedure):
        raise Http404
    challenges = challengeable(procedure, seats, user)
    starts = may_perform(procedure, "start_review", user)
    context = {
        "procedure": procedure,
        "seats": seats,
        "chairs_asked": sum(asked_to_chair(seat) for seat in seats),
        "today": clock.today(),
        "invites": may.is_qa_officer(procedure, user),
        "is_open": panel_is_open(PanelMember(procedure=procedure)),
        "rules": may.is_ceac_chair(procedure, user),
        "challenges": challenges,
        "waives": waivable(seats, challenges),
        "starts": starts and [foretell("A10", procedure, by=user)],
        "missing": _start_missing(request, procedure, starts=starts),
        "reopens": may_perform(procedure, "reopen_panel", user),
        "nominates": may_perform(procedure, "open_panel", user),
    }
    return render(request, "qa/panel_detail.html", context)


def _start_missing(
    request: HttpRequest, procedure: Procedure, *, starts: bool
) -> tuple[Lack, ...]:
    """What the review waits for, and what is in the way of whoever may start it."""
    by = request.user if starts else None
    return lacking(procedure, "start_review", request.path, by=by)


@require_http_methods(["GET", "POST"])
def panel_open(request: HttpRequest, pk: int) -> HttpResponse:
    """A09: the nomination."""
    procedure = visible_procedure(request, pk)
    form = NominationForm(request.POST or None, procedure=procedure)
    done = run_form(
        request,
        form,
        lambda said: panel.open_panel(
            procedure=procedure,
            reasons=said["reason"],
            reasons_en=said["reason_en"],
            officers=said["officers"],
            by=request.user,
        ),
        lambda: reverse("qa:panel_detail", args=[pk]),
        _("The panel can be invited now."),
    )
    return done or act_page(
        request,
        procedure,
        form,
        title=_("Open the panel"),
        lead=_(
            "The nomination gets the commission's next act number. Whom it names then "
            "invites the members."
        ),
        missing=lacking(procedure, "open_panel", request.path, by=request.user),
        foretold=[foretell_named("A09", _("Whom you name"), by=request.user)],
        button=_("Sign the nomination"),
    )


@require_http_methods(["GET", "POST"])
def seat_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """P1: invite somebody to the panel."""
    procedure = visible_procedure(request, pk)
    if not may.is_qa_officer(procedure, request.user):
        raise PermissionDenied
    form = SeatForm(request.POST or None, procedure=procedure)
    done = run_form(
        request,
        form,
        lambda said: panel.invite(
            procedure=procedure, seat=form.seat(), by=request.user
        ),
        lambda: reverse("qa:panel_detail", args=[pk]),
        _("The invitation was sent."),
    )
    return done or act_page(
        request,
        procedure,
        form,
        title=_("Invite to the panel"),
        lead=_(
            "The person sees the title of the offer and the undertaking, nothing of the "
            "dossier. The institution's term to challenge starts anew."
        ),
        missing=unmet_to_open(PanelMember(procedure=procedure), "P1", request.user),
        foretold=[foretell_named("P1", _("Whom you invite"), by=request.user)],
        button=_("Send the invitation"),
    )


@require_http_methods(["GET", "POST"])
def seat_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """P5 with P1: name a successor for a seat."""
    member = visible_member(request, pk)
    if not may.is_qa_officer(member, request.user):
        raise PermissionDenied
    form = SeatForm(
        request.POST or None, procedure=member.procedure, initial={"role": member.role}
    )
    done = run_form(
        request,
        form,
        lambda said: panel.replace(member=member, seat=form.seat(), by=request.user),
        lambda: reverse("qa:panel_detail", args=[member.procedure_id]),
        _("The successor was invited."),
    )
    return done or act_page(
        request,
        member.procedure,
        form,
        title=_("Replace %(who)s") % {"who": member.user},
        lead=_("What the member handed in stays in the dossier."),
        missing=unmet_clauses(member, "replace", request.user),
        foretold=[
            foretell(
                "P5",
                member,
                by=request.user,
                also=[_("Whom you invite"), *if_the_last_is_gone(member)],
            )
        ],
        button=_("Invite the successor"),
    )


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's own page: the invitation, then the conflict declaration."""
    member = get_object_or_404(queries.invitations_of(request.user), pk=pk)
    if hasattr(member, "declaration"):
        return _declare(request, member)
    form = InvitationForm(request.POST or None)
    done = run_form(
        request,
        form,
        lambda said: panel.accept(
            member=member, undertaking=said["undertaking"], by=request.user
        ),
        lambda: reverse("qa:invitation", args=[pk]),
    )
    return done or _invited(request, member, form=form)


def _declare(request: HttpRequest, member: PanelMember) -> HttpResponse:
    form = DeclarationForm(request.POST or None)
    done = run_form(
        request,
        form,
        lambda said: panel.declare_conflict(
            declaration=member.declaration, by=request.user, **said
        ),
        lambda: reverse("qa:invitation", args=[member.pk]),
    )
    return done or _seated(request, member, form=form)


def _invited(request: HttpRequest, member: PanelMember, **forms: Any) -> HttpResponse:
    """The invitation with its two answers, one of them perhaps as posted."""
    context = {
        "member": member,
        "procedure": member.procedure,
        "open": member.status == PanelMemberStatus.INVITED,
        "missing": unmet_clauses(member, "accept"),
        "form": InvitationForm(),
        "why_form": ReasonForm(label=_("Why you decline")),
        **forms,
    }
    return _own_page(request, "qa/invitation.html", context)


def _seated(request: HttpRequest, member: PanelMember, **forms: Any) -> HttpResponse:
    """The declaration and the way out, one of them perhaps as posted."""
    declaration = member.declaration
    context = {
        "member": member,
        "procedure": member.procedure,
        "declaration": declaration,
        "pending": declaration.status == DeclarationStatus.PENDING,
        "none_foretold": [foretell("D1", declaration, by=request.user)],
        "conflict_foretold": [foretell("D2", declaration, by=request.user)],
        "leaving_foretold": [foretell("P4", member, by=request.user, leaves=member)],
        "seated": member.status == PanelMemberStatus.ACCEPTED,
        "form": DeclarationForm(),
        "why_form": ReasonForm(label=_("Why you step back")),
        **forms,
    }
    return _own_page(request, "qa/declaration.html", context)


def _own_page(
    request: HttpRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    context["here"] = reverse("qa:invitation", args=[context["member"].pk])
    is_wrong = any(context[name].errors for name in ("form", "why_form"))
    return render(request, template, context, status=422 if is_wrong else 200)


@require_POST
def invitation_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """P3."""
    form = ReasonForm(request.POST, label=_("Why you decline"))
    return _say_why(request, pk, form, panel.decline, _("You declined the invitation."))


@require_POST
def seat_recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """P4 by the member."""
    form = ReasonForm(request.POST, label=_("Why you step back"))
    return _say_why(request, pk, form, panel.recuse, _("You left the panel."))


def _say_why(
    request: HttpRequest, pk: int, form: ReasonForm, act: Any, done: str
) -> HttpResponse:
    member = get_object_or_404(queries.invitations_of(request.user), pk=pk)
    gone = run_form(
        request,
        form,
        lambda said: act(member=member, reason=said["reason"], by=request.user),
        lambda: reverse("qa:work"),
        done,
    )
    page = _seated if hasattr(member, "declaration") else _invited
    return gone or page(request, member, why_form=form)


@require_POST
def declare_none(request: HttpRequest, pk: int) -> HttpResponse:
    """D1."""
    member = get_object_or_404(queries.invitations_of(request.user), pk=pk)
    declaration = get_object_or_404(ConflictDeclaration, member=member)
    attempt(
        request,
        lambda: panel.declare_no_conflict(declaration=declaration, by=request.user),
        _("Your declaration is recorded."),
    )
    return redirect("qa:invitation", pk=pk)


@require_http_methods(["GET", "POST"])
def declaration_ruling(request: HttpRequest, pk: int) -> HttpResponse:
    """D3 or D4."""
    member = visible_member(request, pk)
    if not may.is_ceac_chair(member, request.user):
        raise PermissionDenied
    declaration = get_object_or_404(ConflictDeclaration, member=member)
    form = RulingForm(request.POST or None)
    done = run_form(
        request,
        form,
        lambda said: panel.decide_declaration(
            declaration=declaration,
            uphold=said["uphold"],
            reasons=said["reason"],
            by=request.user,
        ),
        lambda: reverse("qa:panel_detail", args=[member.procedure_id]),
    )
    return done or act_page(
        request,
        member.procedure,
        form,
        title=_("Decide on the declaration of %(who)s") % {"who": member.user},
        quote=declaration.text,
        missing=unmet_clauses(declaration, "clear", request.user),
        foretold=[
            foretell("D3", declaration, by=request.user),
            foretell("D4", member, by=request.user, leaves=member),
        ],
        button=_("Sign the decision"),
    )


@require_POST
def review_start(request: HttpRequest, pk: int) -> HttpResponse:
    """A10."""
    procedure = visible_procedure(request, pk)
    attempt(
        request,
        lambda: panel.start_review(procedure=procedure, by=request.user),
        _("The panel sees the dossier now."),
    )
    return redirect("qa:panel_detail", pk=pk)


@require_http_methods(["GET", "POST"])
def panel_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """A11."""
    procedure = visible_procedure(request, pk)
    form = ReasonForm(request.POST or None)
    done = run_form(
        request,
        form,
        lambda said: panel.reopen_panel(
            procedure=procedure, reason=said["reason"], by=request.user
        ),
        lambda: reverse("qa:panel_detail", args=[pk]),
    )
    return done or act_page(
        request,
        procedure,
        form,
        title=_("Complete the panel anew"),
        lead=_("The review stops until the panel stands; other members' work stays."),
        missing=lacking(procedure, "reopen_panel", request.path, by=request.user),
        foretold=[foretell("A11", procedure, by=request.user)],
        button=_("Stop the review"),
    )
