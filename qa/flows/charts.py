"""Charts of our flows as BPMN 2.0, in the reader's language."""

from collections.abc import Iterator

from django.utils.module_loading import autodiscover_modules
from viewflow.workflow.base import Flow
from viewflow.workflow.chart import calc_layout_data, grid_to_bpmn


def flows() -> dict[str, type[Flow]]:
    """Every flow of the installed apps by its short name (“procedure”)."""
    autodiscover_modules("flows")
    found = _subclasses(Flow)
    return {flow.__name__.removesuffix("Flow").lower(): flow for flow in found}


def _subclasses(flow: type[Flow]) -> Iterator[type[Flow]]:
    for found in flow.__subclasses__():
        yield found
        yield from _subclasses(found)


def bpmn(flow: type[Flow]) -> str:
    """The flow as a BPMN 2.0 document that other tools open."""
    return grid_to_bpmn(calc_layout_data(flow))
