"""Results as data: the file of one, and what others need to check it."""

import hashlib
from collections.abc import Callable

import rfc8785
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from recognition import published, queries
from recognition.issuing import keys
from recognition.models import IssuedResult, StatusList

VC, DID = "application/vc", "application/did+ld+json"
SECONDS_FRESH = 300


@require_safe
def result_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored bytes, for the applicant and whoever may open the case."""
    readable = queries.applications_visible_to(request.user) | queries.filed_by(
        request.user
    )
    application = get_object_or_404(readable.distinct(), pk=pk)
    issued = get_object_or_404(IssuedResult, resolution=application.resolution)
    answer = HttpResponse(bytes(issued.content), content_type=VC)
    name = f"{application.case.number}-recognition-result.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_not_required
@require_safe
def did_document(request: HttpRequest) -> HttpResponse:
    """Who we are and which keys are ours (did:web)."""
    return _open_to_all(request, lambda: rfc8785.dumps(published.did_document()), DID)


@login_not_required
@require_safe
def status_list(request: HttpRequest, code: str) -> HttpResponse:
    """Which of the results in this list no longer hold, signed."""
    kept = get_object_or_404(StatusList, code=code)
    return _open_to_all(request, lambda: published.signed_list(kept), VC)


def _open_to_all(
    request: HttpRequest, write: Callable[[], bytes], kind: str
) -> HttpResponse:
    """For verifiers anywhere, browsers of other houses included; kept for minutes."""
    if keys.fault(settings.ISSUER_KEYS_FILE):
        return HttpResponse(status=503)
    content = write()
    answer = HttpResponse(content, content_type=kind)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={SECONDS_FRESH}"
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Content-Type-Options"] = "nosniff"
    found = get_conditional_response(request, etag=etag, response=answer)
    found["Access-Control-Allow-Origin"] = "*"
    return found
