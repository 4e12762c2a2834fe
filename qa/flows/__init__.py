"""Whose turn it is. The engine assigns, splits, joins; it holds no facts of its own."""

from qa.flows.charts import bpmn, flows
from qa.flows.desk import FlowDisagrees
from qa.flows.handover import hand_on, opinion_given, replied, reply_term_over
from qa.flows.locks import case_lock
from qa.flows.procedure import ProcedureFlow

__all__ = [
    "FlowDisagrees",
    "ProcedureFlow",
    "bpmn",
    "case_lock",
    "flows",
    "hand_on",
    "opinion_given",
    "replied",
    "reply_term_over",
]
