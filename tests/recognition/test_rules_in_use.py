"""The rule set that an application was filed under is not changed beneath it."""

import pytest

from fixtures.pinned import RulesInUse, refuse_changed_rule_sets
from tests.factories import recognition as r

pytestmark = pytest.mark.django_db


def test_changed_rule_set_of_an_application_is_refused(office):
    code = office.rules.code
    shorter = {"code": code, "appeal_days": office.rules.appeal_days - 1}
    refuse_changed_rule_sets([shorter])  # nothing is filed yet

    r.at(office, "submitted")

    refuse_changed_rule_sets([{"code": code, "appeal_days": office.rules.appeal_days}])
    with pytest.raises(RulesInUse, match=f"The rule set {code} is used by cases"):
        refuse_changed_rule_sets([shorter])
