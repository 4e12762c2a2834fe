"""Every flow downloads as BPMN 2.0 that an independent reader accepts."""

from io import StringIO
from pathlib import Path

import pytest
import SpiffWorkflow
from django.core.management import CommandError, call_command
from django.utils import translation
from lxml import etree

from qa import flows

SCHEMA = Path(SpiffWorkflow.__file__).parent / "bpmn/parser/schema/BPMN20.xsd"
BPMN = {"bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL"}
ENGINE_WORDS = {"split", "join", "switch", "handle", "start", "end", "if", "view"}


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def chart(name: str, language: str) -> etree._Element:
    out = StringIO()
    call_command("bpmn", name, language=language, stdout=out)
    return etree.fromstring(out.getvalue().strip().encode())


def names(document: etree._Element) -> list[str]:
    return document.xpath("//bpmn:process//@name", namespaces=BPMN)


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize("flow", sorted(flows.flows()))
def test_a_chart_is_valid_bpmn(schema, flow, language):
    schema.assertValid(chart(flow, language))


@pytest.mark.parametrize("flow", sorted(flows.flows()))
def test_a_chart_speaks_of_the_procedure_not_of_the_engine(flow):
    for name in names(chart(flow, "en")):
        assert name.lower() not in ENGINE_WORDS
        assert "_" not in name


def test_readings_are_drawn_as_several_at_once():
    document = chart("procedure", "en")
    several = document.xpath(
        "//bpmn:userTask[bpmn:multiInstanceLoopCharacteristics]/@name", namespaces=BPMN
    )
    assert several == ["Assess standard by standard"]


def test_every_node_is_reached_from_the_start():
    document = chart("procedure", "en")
    nodes = document.xpath(
        "//bpmn:process/*[bpmn:incoming or bpmn:outgoing]", namespaces=BPMN
    )
    unreached = [
        node.get("name")
        for node in nodes
        if not node.xpath("bpmn:incoming", namespaces=BPMN)
    ]
    assert unreached == ["Procedure opened"]


def test_the_chart_is_in_the_readers_language():
    with translation.override("ro"):
        in_words = names(etree.fromstring(flows.bpmn(flows.ProcedureFlow).encode()))

    assert set(in_words).isdisjoint(names(chart("procedure", "en")))


def test_the_command_lists_the_flows():
    out = StringIO()
    call_command("bpmn", stdout=out)

    assert "procedure: Accreditation of a micro-credential" in out.getvalue()


def test_the_command_names_the_flows_it_knows():
    with pytest.raises(CommandError, match="procedure"):
        call_command("bpmn", "nothing")
