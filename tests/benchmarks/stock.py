"""The engine's own pages, mounted for the benchmark only."""

from copy import deepcopy
from importlib.metadata import distribution
from typing import Any

from django.conf import settings
from django.urls import path
from django.utils.html import format_html
from viewflow.urls import Site
from viewflow.workflow.flow import FlowAppViewset
from viewflow.workflow.flow.views import FlowInboxListView

from config.urls import urlpatterns as ours
from qa.flows.procedure import ProcedureFlow
from qa.models import Turn

INBOX = "/stock/procedure/inbox/"


class Inbox(FlowInboxListView):
    """As it comes, but that a turn's number leads to its course: our nodes have no page."""

    def task_id(self, task: Turn) -> str:
        course = self.request.resolver_match.flow_viewset
        address = course.reverse("process_detail", args=[task.process_id])
        return format_html('<a href="{}">#{}/{}</a>', address, task.process_id, task.pk)


site = Site(
    title="Stock",
    viewsets=[FlowAppViewset(ProcedureFlow, icon="task", inbox_view_class=Inbox)],
)
urlpatterns = [path("stock/", site.urls), *ours]


def needed() -> dict[str, Any]:
    """The settings that its pages need and ours do without."""
    templates = deepcopy(settings.TEMPLATES)
    folder = distribution("django-viewflow").locate_file("viewflow/templates")
    templates[0]["DIRS"] = [str(folder)]
    templates[0]["OPTIONS"]["libraries"] = {
        name: f"viewflow.templatetags.{name}" for name in ("viewflow", "workflow")
    }
    return {
        "ROOT_URLCONF": __name__,
        "TEMPLATES": templates,
        "MIDDLEWARE": [*settings.MIDDLEWARE, "viewflow.middleware.SiteMiddleware"],
    }
