"""The public register: search, one entry, downloads."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from qa.enums import AccreditationStatus, ActKind
from qa.models import Decision, Procedure, Report
from reports import queries, registers
from reports.forms import RegisterForm
from reports.rows import RegisterRow
from reports.views.files import file_answer
from reports.views.shown import shown

A_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What is accredited, was accredited or was rejected; open to everybody."""
    form = RegisterForm(request.GET)
    entries = queries.register_entries(form.filters())
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    rows = queries.rows_of(page.object_list)
    context = {
        "form": form,
        "page": page,
        "rows": [shown(row) for row in rows],
        "kinds": ("xlsx", "csv", "json"),
        "asked": _asked(request),
    }
    return render(request, "reports/register.html", context)


def _asked(request: HttpRequest) -> str:
    """The address's filters without the page, for the downloads."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@login_not_required
@require_safe
def register_entry(request: HttpRequest, number: str) -> HttpResponse:
    """One entry: what was decided, for how long, on which content."""
    row, rows = _entry(number)
    procedure = _procedure(row)
    context = {
        "row": shown(row),
        "procedure": procedure,
        "version": procedure.version,
        "act": _act(procedure),
        "period": queries.period_of(procedure),
        "has_report": hasattr(procedure, "report"),
        "others": [shown(one) for one in rows if one != row],
    }
    return render(request, "reports/register_entry.html", context)


@login_not_required
@require_safe
def register_report(request: HttpRequest, number: str) -> HttpResponse:
    """The panel's whole report on an entry, published with the decision (ESG 2.6)."""
    row, _rows = _entry(number)
    procedure = _procedure(row)
    report = get_object_or_404(Report, procedure=procedure)
    context = {
        "row": shown(row),
        "procedure": procedure,
        "report": report,
        "panel": queries.published_panel(procedure),
        "findings": report.findings.select_related("standard"),
        "points": report.points.select_related("standard"),
    }
    return render(request, "reports/register_report.html", context)


def _entry(number: str) -> tuple[RegisterRow, list[RegisterRow]]:
    """The entry of a number with all of the same offer, or 404."""
    case, _dash, _version = number.rpartition("-v")
    case = case or number
    entries = queries.register_entries().filter(micro_credential__case__number=case)
    rows = queries.rows_of(entries)
    row = _chosen(rows, number if case != number else "")
    if row is None:
        raise Http404
    return row, rows


def _chosen(rows: list[RegisterRow], number: str) -> RegisterRow | None:
    """The version asked for; without one, the entry in force, else the latest."""
    if number:
        return next((row for row in rows if row.number == number), None)
    in_force = [row for row in rows if row.status == AccreditationStatus.IN_FORCE]
    return next(iter(in_force or rows), None)


def _procedure(row: RegisterRow) -> Procedure:
    return (
        Procedure.objects.select_related(
            "version__isced",
            "micro_credential__unit",
            "standard_set",
            "accreditation",
            "report",
        )
        .prefetch_related("version__outcomes")
        .get(pk=row.procedure_id)
    )


def _act(procedure: Procedure) -> Decision:
    return (
        procedure.decisions.filter(
            kind=ActKind.DECISION, is_carried=True, outcome=procedure.outcome
        )
        .select_related("body")
        .prefetch_related("conditions")
        .earliest("recorded_at")
    )


@login_not_required
@require_safe
def register_download(request: HttpRequest, kind: str) -> HttpResponse:
    """The register as filtered: a workbook, CSV or JSON."""
    language = get_language() or "en"
    rows = queries.register_rows(RegisterForm(request.GET).filters())
    if kind == "xlsx":
        content = registers.workbook(rows, language)
        return file_answer(content, XLSX, "register.xlsx")
    if kind == "csv":
        # The mark at the start tells sheets that the letters are UTF-8.
        text = "\ufeff" + registers.csv_text(rows, language)
        return file_answer(text, "text/csv; charset=utf-8", "register.csv")
    if kind == "json":
        text = registers.json_text(rows, language)
        return file_answer(text, "application/json", "register.json")
    raise Http404
