"""Pages of challenges: the institution raises or waives one, the chair decides."""

from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qa import permissions as may
from qa import queries
from qa.enums import ChallengeDecision, PanelMemberStatus
from qa.forms.panel import ReasonForm, RulingForm
from qa.models import Challenge, PanelMember, Procedure, User
from qa.services import challenges
from qa.transitions import unmet_rowless
from qa.views.acts import act_page, attempt, run_form
from qa.views.foretold import Foretold, foretell


def visible_member(request: HttpRequest, pk: int) -> PanelMember:
    visible = queries.procedures_visible_to(request.user)
    return get_object_or_404(
        PanelMember.objects.filter(procedure__in=visible).select_related(
            "procedure__version", "user"
        ),
        pk=pk,
    )


def challengeable(
    procedure: Procedure, seats: Iterable[PanelMember], user: User
) -> list[int]:
    """The seats that the person may still challenge: the proposing faculty, in the term."""
    if not may.challenges(procedure, user):
        return []
    return [
        seat.pk
        for seat in seats
        if seat.status == PanelMemberStatus.ACCEPTED and challenges.term_runs(seat)
    ]


def waivable(seats: Iterable[PanelMember], challenged: Collection[int]) -> list[int]:
    """Of the seats that may be challenged, those whose own term can be waived."""
    return [s.pk for s in seats if s.pk in challenged and challenges.own_term_runs(s)]


@require_http_methods(["GET", "POST"])
def seat_challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """The institution's challenge of a member."""
    member = visible_member(request, pk)
    form = ReasonForm(request.POST or None)
    done = run_form(
        request,
        form,
        lambda said: challenges.raise_challenge(
            member=member, reasons=said["reason"], by=request.user
        ),
        lambda: reverse("qa:panel_detail", args=[member.procedure_id]),
        _("The commission's chair decides on it."),
    )
    return done or act_page(
        request,
        member.procedure,
        form,
        title=_("Challenge %(who)s") % {"who": member.user},
        foretold=[foretell("challenge", member, by=request.user)],
        lead=_("Say which circumstance puts the member's impartiality in doubt."),
        button=_("Raise the challenge"),
    )


@require_http_methods(["GET", "POST"])
def challenge_ruling(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair's decision on a challenge."""
    visible = queries.procedures_visible_to(request.user)
    raised = get_object_or_404(
        Challenge.objects.filter(
            member__procedure__in=visible, decision=ChallengeDecision.OPEN
        ).select_related("member__procedure__version", "member__user"),
        pk=pk,
    )
    if not may.is_ceac_chair(raised, request.user):
        raise PermissionDenied
    form = RulingForm(request.POST or None)
    done = run_form(
        request,
        form,
        lambda said: challenges.decide(
            raised=raised,
            uphold=said["uphold"],
            reasons=said["reason"],
            by=request.user,
        ),
        lambda: reverse("qa:panel_detail", args=[raised.member.procedure_id]),
    )
    return done or act_page(
        request,
        raised.member.procedure,
        form,
        title=_("Decide on the challenge of %(who)s") % {"who": raised.member.user},
        quote=raised.reasons,
        missing=unmet_rowless(raised, "decide_challenge", request.user),
        foretold=_both_rulings(raised, request.user),
        button=_("Sign the decision"),
    )


def _both_rulings(raised: Challenge, by: User) -> list[Foretold]:
    """Upheld, it takes the seat of a member who still sits there."""
    member, act = raised.member, "decide_challenge"
    leaves = member if member.status == PanelMemberStatus.ACCEPTED else None
    stays = _("If it does not stand in the way")
    return [
        foretell(act, raised, by=by, when=stays),
        foretell(act, raised, by=by, leaves=leaves, when=_("If it is upheld")),
    ]


@require_POST
def challenge_waive(request: HttpRequest, pk: int) -> HttpResponse:
    """The institution has nothing against a member who joined."""
    member = visible_member(request, pk)
    attempt(
        request,
        lambda: challenges.waive_term(member=member, by=request.user),
        _("The term is waived; the member's work need not wait for it."),
    )
    return redirect("qa:panel_detail", pk=member.procedure_id)
