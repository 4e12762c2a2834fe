"""The demo is there whole, or not at all."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from fixtures.demo import demo
from qa import clock
from qa.models import Case

pytestmark = pytest.mark.django_db


def test_a_demo_that_was_stopped_leaves_nothing_half_told(monkeypatch):
    def stopped() -> Iterator[str]:
        Case.objects.create(
            kind="recognition", number="R-2026-0001", opened_at=clock.now()
        )
        yield "The first story."
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "play", stopped)

    with pytest.raises(KeyboardInterrupt):
        call_command("load_demo")

    assert not Case.objects.exists()
