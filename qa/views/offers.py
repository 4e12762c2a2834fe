"""Micro-credentials: the list, the page of one, opening a proposal."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qa import dossiers, path, queries, story
from qa.enums import Role
from qa.forms.proposal import WRITERS, FilterForm, ProposeForm
from qa.models import MicroCredential, Procedure, User
from qa.paging import BoundedPaginator
from qa.services import intake
from qa.transitions import TransitionRefused

A_PAGE = 25
RECENT = 12


@require_safe
def micro_credential_list(request: HttpRequest) -> HttpResponse:
    """What the person may see, the newest first, narrowed by the address."""
    form = FilterForm(request.GET)
    found = dossiers.filtered(request.user, **_wanted(form))
    listed = dossiers.with_parts(found, request.user)
    number = request.GET.get("page")
    page = BoundedPaginator(listed, A_PAGE, number).get_page(number)
    context = {
        "page": page,
        "dossiers": dossiers.rows(page),
        "form": form,
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "proposes": _may_propose(request.user),
    }
    return render(request, "qa/micro_credential_list.html", context)


def _wanted(form: FilterForm) -> dict[str, Any]:
    if not form.is_valid():
        return {}
    return {
        "words": form.words(),
        "faculty": form.cleaned_data["faculty"],
        "stage": form.cleaned_data["status"],
    }


def _may_propose(user: User) -> bool:
    return bool(set(WRITERS) & queries.roles_of(user).keys())


@require_safe
def micro_credential_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer: its standing, versions, procedures, conditions and story."""
    visible = queries.micro_credentials_visible_to(request.user)
    listed = dossiers.with_parts(visible, request.user)
    offer = get_object_or_404(listed.select_related("unit__institution"), pk=pk)
    dossier = dossiers.rows([offer])[0]
    conditions = queries.conditions_visible_to(request.user).filter(
        decision__procedure__micro_credential=offer
    )
    running = dossier.running
    context = {
        "offer": offer,
        "dossier": dossier,
        "version": dossier.version,
        "ahead": dossiers.ahead(dossier.standing),
        "procedures": offer.seen,
        "versions": _versions(offer),
        "periods": offer.accreditations.select_related("decision__body", "version"),
        "conditions": conditions.select_related("owner", "extension"),
        "path": path.of(running) if running else [],
        "withdraws": Role.SENATE_SECRETARY in queries.roles_of(request.user),
        **_story(request, offer, offer.seen),
    }
    return render(request, "qa/micro_credential_detail.html", context)


def _versions(offer: MicroCredential) -> Any:
    """Versions of the procedures seen, and those that were accredited."""
    accredited = [period.version_id for period in offer.periods]
    ours = offer.versions.filter(procedure__in=[p.pk for p in offer.seen])
    return (ours | offer.versions.filter(pk__in=accredited)).order_by("-number")


def _story(
    request: HttpRequest, offer: MicroCredential, seen: list[Procedure]
) -> dict[str, Any]:
    """The last acts, or all of them when the address asks for it."""
    scope = dossiers.scope_of(offer, request.user, seen)
    lines = story.told(dossiers.events_seen(offer, scope), whole=scope.inside)
    shown = lines if request.GET.get("story") == "all" else lines[:RECENT]
    return {"lines": shown, "line_count": len(lines)}


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A01: who proposes, for which unit, on which route."""
    if not _may_propose(request.user):
        raise PermissionDenied(_("Authors and programme coordinators propose."))
    form = ProposeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            procedure = intake.propose_micro_credential(
                intake=form.intake(),
                title_ro=form.cleaned_data["title_ro"],
                by=request.user,
            )
        except TransitionRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("qa:procedure_detail", pk=procedure.pk)
    status = 422 if form.errors else 200
    return render(request, "qa/propose.html", {"form": form}, status=status)
