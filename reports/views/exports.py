"""Files for the agency: dossiers, the register, the flows as BPMN."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from qa import flows
from qa import queries as seen
from reports import services
from reports.views.files import file_answer


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """Everything that can be taken away, on one page."""
    visible = seen.procedures_visible_to(request.user)
    decided = visible.filter(decided_on__isnull=False)
    context = {
        "kinds": ("xlsx", "csv", "json"),
        "procedures": decided.select_related(
            "version", "micro_credential__case"
        ).order_by("-decided_on", "-pk")[:50],
        "flows": sorted(flows.flows().items()),
    }
    return render(request, "reports/exports.html", context)


@require_safe
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole file of a procedure as the reader may see it."""
    procedure = get_object_or_404(seen.procedures_visible_to(request.user), pk=pk)
    language = get_language() or "en"
    content = services.dossier(
        procedure=procedure, reader=request.user, language=language
    )
    name = f"{procedure.micro_credential.case.number}-{procedure.kind}-dossier.pdf"
    return file_answer(content, "application/pdf", name)


@require_safe
def flow_bpmn(request: HttpRequest, name: str) -> HttpResponse:
    """A flow as a BPMN 2.0 document in the reader's language."""
    known = flows.flows()
    if name not in known:
        raise Http404
    text = flows.bpmn(known[name])
    return file_answer(text, "application/xml; charset=utf-8", f"{name}.bpmn")
