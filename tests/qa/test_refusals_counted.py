"""A refusal says how far off its rule is: counts, days and numbers of standards."""

from typing import Any

import pytest

from qa.guards import report, review
from qa.models import Procedure
from qa.services.review import save_finding
from tests.stages import Stages

pytestmark = pytest.mark.django_db


def told(clause: Any, procedure: Procedure) -> str:
    assert not clause(procedure)
    return str(clause.told(procedure))
