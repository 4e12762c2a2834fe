"""The public page behind the code of a letter: confirms its status, shows no content."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reports import codes, queries
from reports.forms import CodeForm
from reports.models import IssuedLetter


@login_not_required
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Type the code of a letter."""
    form = CodeForm(request.GET) if "code" in request.GET else CodeForm()
    if form.is_bound and form.is_valid():
        return redirect("reports:verify_code", code=form.cleaned_data["code"])
    status = 422 if form.errors else 200
    return render(request, "reports/verify.html", {"form": form}, status=status)


@login_not_required
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a letter with this code was issued, by whom and when; nothing else."""
    known = codes.read(code)
    letter = (
        IssuedLetter.objects.filter(code=known)
        .select_related("decision__body__institution", "decision__procedure")
        .defer("content")
        .first()
    )
    if letter is None:
        context = {"form": CodeForm(initial={"code": code}), "unknown": True}
        return render(request, "reports/verify.html", context, status=404)
    context = {"letter": letter, "standing": queries.standing_of_letter(letter)}
    return render(request, "reports/verify_code.html", context)
