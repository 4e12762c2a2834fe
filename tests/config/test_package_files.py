"""The static parts that come from packages."""

import pytest
from django.contrib.staticfiles import finders

from config import package_files
from config.package_files import PARTS, PackageFilesFinder


@pytest.mark.parametrize("address", PARTS)
def test_every_part_is_found_at_its_address(address):
    found = finders.find(address)

    assert found == str(package_files.located(address))


@pytest.mark.parametrize("address", PARTS)
def test_every_part_can_be_collected(address):
    storages = dict(PackageFilesFinder().list(ignore_patterns=[]))

    with storages[address].open(address) as collected:
        assert collected.read() == package_files.located(address).read_bytes()


def test_ignored_parts_are_not_collected():
    kept = [address for address, _ in PackageFilesFinder().list(["*.ttf"])]

    assert kept == ["bootstrap/bootstrap.min.css", "bootstrap/bootstrap.min.css.map"]


def test_other_addresses_are_left_to_other_finders():
    assert PackageFilesFinder().find("bootstrap/other.css") is None
    assert PackageFilesFinder().find("bootstrap/other.css", find_all=True) == []


def test_a_missing_part_is_an_error_of_the_check(monkeypatch):
    monkeypatch.setitem(PARTS, "fonts/none.ttf", ("fontpkg_ibm_plex_serif", "none.ttf"))

    assert [error.id for error in PackageFilesFinder().check()] == ["config.E001"]
