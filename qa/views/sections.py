"""One section of a proposal: written by its authors, saves itself; read by others."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from qa import content, progress, proposal_text
from qa.content import Section
from qa.forms.sections import SectionSheet
from qa.models import Procedure, Version
from qa.proposal_text import ProposalText
from qa.services import sections as saving
from qa.services.drafting import StaleRevision
from qa.services.sections import Written
from qa.transitions import TransitionRefused
from qa.views.acts import visible_procedure
from qa.views.workspace import is_editable, signature_on

BUTTONS = ("next", "all")
KEEP = "keep-"
THEIRS = "theirs"


@require_http_methods(["GET", "POST"])
def section_edit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The page of a section, and where it is saved."""
    procedure = visible_procedure(request, pk)
    section = next((s for s in content.SECTIONS if s.key == key), None)
    if section is None:
        raise Http404
    editable = is_editable(procedure, request.user)
    if request.method == "POST":
        if not editable:
            raise PermissionDenied(_("Only the authors change a proposal."))
        return _save(request, procedure, section)
    if not editable:
        return _read(request, procedure, section)
    return _page(request, procedure, SectionSheet(section, procedure.version))


def _read(request: HttpRequest, procedure: Procedure, section: Section) -> HttpResponse:
    version = procedure.version
    context = {
        "procedure": procedure,
        "text": proposal_text.of(version).section(section),
        "lines": progress.check_lines(version, section),
        **_neighbours(section),
    }
    return render(request, "qa/section_read.html", context)


def _page(
    request: HttpRequest,
    procedure: Procedure,
    sheet: SectionSheet,
    template: str = "qa/section_edit.html",
    status: int = 200,
    seen: str = "",
) -> HttpResponse:
    """The section with its form; also what follows a save that leads nowhere else."""
    version = Version.objects.get(pk=procedure.version_id)
    state = _state(version, sheet.section, seen)
    typed = sheet.reasons()
    state["lines"] = [
        replace(line, reason=typed.get(line.check.code, line.reason))
        for line in state["lines"]
    ]
    context = {
        "procedure": procedure,
        "version": version,
        "section": sheet.section,
        "sheet": sheet,
        "matrix": sheet.matrix(),
        "problems": sheet.problems() if status != 200 else (),
        "signature": signature_on(version),
        **state,
        **_neighbours(sheet.section),
    }
    return render(request, template, context, status=status)


def _state(version: Version, section: Section, seen: str = "") -> dict[str, Any]:
    """What the page carries along, and the checks beside it."""
    return {
        "seen": seen or saving.seen(content.as_data(version), section),
        "lines": progress.check_lines(version, section),
    }


def _neighbours(section: Section) -> dict[str, Any]:
    index = content.SECTIONS.index(section)
    following = content.SECTIONS[index + 1 : index + 2]
    return {
        "number": index + 1,
        "previous": content.SECTIONS[index - 1] if index else None,
        "following": following[0] if following else None,
    }


# --- Saving -----------------------------------------------------------------------


def _save(request: HttpRequest, procedure: Procedure, section: Section) -> HttpResponse:
    """Save what can be read, then answer what was asked for: a row, a page, a word."""
    version = Version.objects.get(pk=procedure.version_id)
    one_more = request.POST.get("add", "")
    sheet = SectionSheet(section, version, request.POST, one_more)
    leaving = any(name in request.POST for name in BUTTONS)
    written = _written(request, sheet)
    if leaving and not sheet.is_readable:
        return _form_again(request, procedure, sheet, 422, written.seen)
    try:
        saved = saving.save_section(version=version, written=written, by=request.user)
    except StaleRevision as stale:
        return _conflict(request, procedure, sheet, stale)
    except (TransitionRefused, content.ContentError) as refusal:
        sheet.form.add_error(None, str(refusal))
        return _form_again(request, procedure, sheet, 422, written.seen)
    seen = saving.still_seen(content.as_data(saved), written)
    if one_more:
        return _form_again(request, procedure, sheet, 200, seen)
    if request.htmx and not leaving:
        return _saved(request, procedure, sheet, saved, seen)
    return _onward(request, procedure, section)


def _written(request: HttpRequest, sheet: SectionSheet) -> Written:
    told = {
        name: value
        for name, value in sheet.told().items()
        if request.POST.get(f"{KEEP}{name}") != THEIRS
    }
    return Written(
        section=sheet.section,
        told=told,
        seen=request.POST.get("seen", ""),
        reasons=sheet.reasons(),
    )


def _saved(
    request: HttpRequest,
    procedure: Procedure,
    sheet: SectionSheet,
    saved: Version,
    seen: str,
) -> HttpResponse:
    """The word that it is saved, the checks, and what the next save needs."""
    matrix = sheet.matrix()
    problems = sheet.problems()
    context = {
        "procedure": procedure,
        "version": saved,
        "section": sheet.section,
        "problems": problems,
        "matrix": matrix
        if matrix and matrix.shape != request.POST.get("shape")
        else None,
        **_state(saved, sheet.section, seen),
    }
    status = 422 if problems else 200
    return render(request, "qa/_section_saved.html", context, status=status)


def _form_again(
    request: HttpRequest,
    procedure: Procedure,
    sheet: SectionSheet,
    status: int,
    seen: str,
) -> HttpResponse:
    """The same page with everything that was typed."""
    if not request.htmx:
        return _page(request, procedure, sheet, status=status, seen=seen)
    answer = _page(request, procedure, sheet, "qa/_section_form.html", status, seen)
    return reswap(retarget(answer, "#section"), "outerHTML")


def _onward(
    request: HttpRequest, procedure: Procedure, section: Section
) -> HttpResponse:
    following = _neighbours(section)["following"]
    if "next" in request.POST and following is not None:
        answer = redirect("qa:section_edit", pk=procedure.pk, key=following.key)
    else:
        answer = redirect("qa:procedure_detail", pk=procedure.pk)
    return HttpResponseClientRedirect(answer.url) if request.htmx else answer


def _conflict(
    request: HttpRequest,
    procedure: Procedure,
    sheet: SectionSheet,
    stale: StaleRevision,
) -> HttpResponse:
    """Two people wrote the same section: show both texts, lose neither."""
    stored, written = content.as_data(stale.current), _written(request, sheet)
    theirs, mine = ProposalText(stored), ProposalText(stored | dict(written.told))
    contested = saving.contested(stored, written)
    not_carried = ("csrfmiddlewaretoken", "seen", *BUTTONS)
    context = {
        "procedure": procedure,
        "section": sheet.section,
        "stale": stale,
        "rows": [
            (name, mine.in_words(name), theirs.in_words(name)) for name in contested
        ],
        "posted": [
            (name, value)
            for name in request.POST
            if name not in not_carried and not name.startswith(KEEP)
            for value in request.POST.getlist(name)
        ],
        **_state(
            stale.current, sheet.section, saving.seen_in_conflict(stored, written)
        ),
    }
    if not request.htmx:
        return render(request, "qa/section_conflict.html", context, status=409)
    answer = render(request, "qa/_section_conflict.html", context, status=409)
    return reswap(retarget(answer, "#conflict"), "innerHTML")
