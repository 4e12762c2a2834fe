"""The register of trust: the list, one entry, proposing one and deciding on it."""

from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Q, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from qa.folded import folded
from qa.models import User
from qa.views.acts import run_form
from recognition import permissions as may
from recognition import queries, register_of_trust
from recognition.enums import TrustAct, TrustKind, TrustStand
from recognition.forms.credentials import TrustDecisionForm, TrustForm
from recognition.forms.searching import TrustFilterForm
from recognition.models import TrustEntry
from recognition.services import trusting
from recognition.views.access import office_places

ROWS_PER_PAGE = 25
# Act -> its title, its button, what it means.
ACTS = {
    TrustAct.CONFIRM: (
        gettext_lazy("Confirm the entry"),
        gettext_lazy("From now on checks rest on it. It can be ended, not undone."),
    ),
    TrustAct.REJECT: (
        gettext_lazy("Reject the entry"),
        gettext_lazy("It stays in the register as not accepted; no check rests on it."),
    ),
    TrustAct.END: (
        gettext_lazy("End the entry"),
        gettext_lazy("It stays in the register with its last day."),
    ),
}
_OPEN = {
    stand: [act for act, needed in trusting.NEEDS.items() if needed == stand]
    for stand in TrustStand
}


def _refuse_others(user: User) -> None:
    if not may.reads_trust(None, user):
        raise PermissionDenied(_("The register of trust is the recognition office’s."))


@require_safe
def trust_register(request: HttpRequest) -> HttpResponse:
    """What waits first, then by institution; ended and rejected entries stay listed."""
    _refuse_others(request.user)
    form = TrustFilterForm(request.GET)
    form.full_clean()
    stand, typed = form.cleaned_data.get("stand"), form.cleaned_data.get("q", "")
    found = register_of_trust.entries().order_by(
        Case(When(stand=TrustStand.PROPOSED, then=Value(0)), default=Value(1)),
        *("institution__name_en", "kind", "-pk"),
    )
    if stand:
        found = found.filter(stand=stand)
    for word in typed.split():
        found = found.filter(
            Q(institution__name_folded__contains=folded(word))
            | Q(label__icontains=word)
            | Q(value__icontains=word)
        )
    context = {
        "page": Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "is_narrowed": bool(stand or typed),
        "may_propose": may.proposes_trust(None, request.user),
        "places": office_places(request.user),
    }
    return render(request, "recognition/trust_register.html", context)


def _entry(request: HttpRequest, pk: int) -> Any:
    _refuse_others(request.user)
    return get_object_or_404(register_of_trust.entries(), pk=pk)


@require_safe
def trust_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: its value, who proposed it and why, what was decided since."""
    entry = _entry(request, pk)
    decides = may.decides_on_trust(entry, request.user)
    context = {
        "entry": entry,
        "decisions": entry.decisions.select_related("by"),
        "anchor": _anchor(entry),
        "acts": [(act.value, ACTS[act][0]) for act in _OPEN[entry.stand]]
        if decides
        else [],
        "waits_for_another": bool(_OPEN[entry.stand])
        and not decides
        and may.heads_office(entry, request.user),
        "opens_case": entry.seen_in is not None
        and queries.applications_visible_to(request.user)
        .filter(pk=entry.seen_in.application_id)
        .exists(),
    }
    return render(request, "recognition/trust_entry.html", context)


def _anchor(entry: TrustEntry) -> dict[str, str]:
    """What a person compares with what the authority publishes."""
    if entry.kind != TrustKind.ANCHOR:
        return {}
    certificate = x509.load_pem_x509_certificate(entry.value.encode())
    return {
        "subject": certificate.subject.rfc4514_string(),
        "issuer": certificate.issuer.rfc4514_string(),
        "sha256": certificate.fingerprint(hashes.SHA256()).hex(),
    }


@require_http_methods(["GET", "POST"])
def trust_propose(request: HttpRequest) -> HttpResponse:
    """Propose an identifier, a key or an anchor, with the reason."""
    if not may.proposes_trust(None, request.user):
        raise PermissionDenied(_("Only the recognition office proposes entries."))
    asked = {n: request.GET.get(n, "") for n in ("kind", "value")}
    form = TrustForm(request.POST or None, initial=asked)
    proposed: list[TrustEntry] = []
    done = run_form(
        request,
        form,
        lambda said: proposed.append(_propose(said, request.user)),
        lambda: reverse("recognition:trust_entry", args=[proposed[0].pk]),
        _("The entry is proposed; the head of the office confirms or rejects it."),
    )
    context = {"form": form, "places": office_places(request.user)}
    status = 422 if form.errors else 200
    return done or render(
        request, "recognition/trust_propose.html", context, status=status
    )


def _propose(said: dict[str, Any], by: User) -> TrustEntry:
    institution = said["institution"]
    entry = TrustEntry(
        **{name: said[name] for name in ("kind", "value", "reason")},
        **{name: said[name] for name in ("valid_from", "valid_to")},
        institution=institution,
    )
    new = None if institution else (said["new_name"], said["new_country"])
    return trusting.propose_entry(
        entry=entry, new_institution=new if new and new[0] else None, by=by
    )


@require_http_methods(["GET", "POST"])
def trust_decide(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Confirm, reject or end: the entry word for word, the reason, one button."""
    entry = _entry(request, pk)
    if name not in TrustAct.values:
        raise Http404
    if not may.decides_on_trust(entry, request.user):
        raise PermissionDenied(_("Somebody else decides on this entry."))
    act = TrustAct(name)
    if request.method != "POST" and act not in _OPEN[entry.stand]:
        return redirect(entry)
    form = TrustDecisionForm(request.POST or None, act=name)
    done = run_form(
        request,
        form,
        lambda said: trusting.decide_entry(
            entry=entry, act=name, by=request.user, **said
        ),
        entry.get_absolute_url,
        _("The decision is written into the register of trust."),
    )
    context = {
        "entry": entry,
        "form": form,
        "title": ACTS[act][0],
        "lead": ACTS[act][1],
    }
    status = 422 if form.errors else 200
    return done or render(
        request, "recognition/trust_decide.html", context, status=status
    )
