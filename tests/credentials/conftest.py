"""These tests ask no database, so one run of them is enough."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/credentials/" in str(item.path):
            item.add_marker(pytest.mark.apart)
