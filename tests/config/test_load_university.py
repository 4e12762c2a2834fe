"""The command that fills a house, and the links it hands out."""

import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import fixtures
from qa.models import Country, Institution, User

pytestmark = pytest.mark.django_db
EXAMPLE = Path(fixtures.__file__).parent / "examples" / "university.json"


@pytest.fixture(autouse=True)
def house(settings) -> None:
    settings.ATESTA_DEMO = False
    for alpha2, alpha3 in (("RO", "ROU"), ("SE", "SWE")):
        Country.objects.create(alpha2=alpha2, alpha3=alpha3, is_lisbon_party=True)


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_links_choose_a_password_once(client):
    out = said("load_university", str(EXAMPLE))
    line = next(line for line in out.splitlines() if "lidia.cernat" in line)
    link = line.rsplit("http://localhost:8000", 1)[1]

    page = client.get(link, follow=True)
    form = {"new_password1": "gri-verde-lung-77", "new_password2": "gri-verde-lung-77"}
    stored = client.post(page.request["PATH_INFO"], form)
    again = client.get(link, follow=True)

    assert stored.url == "/sign-in/"
    assert client.login(
        username="lidia.cernat@uvv.example", password=form["new_password1"]
    )
    assert "This link was used already" in again.content.decode()
    assert '<form method="post" class="act"' not in again.content.decode()


def test_links_go_to_a_file_of_the_owner(tmp_path):
    file = tmp_path / "links"

    out = said("load_university", str(EXAMPLE), "--links", str(file))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text(encoding="utf-8").splitlines()) == User.objects.count()
    assert "/password/" not in out


def test_links_overwrite_no_file(tmp_path):
    file = tmp_path / "links"
    file.touch()

    with pytest.raises(CommandError, match="is there already"):
        call_command("load_university", str(EXAMPLE), "--links", str(file))

    assert not Institution.objects.exists()


def test_nothing_is_stored_where_the_links_cannot_be_written(tmp_path):
    loose = tmp_path / "loose"
    loose.symlink_to(tmp_path / "elsewhere")

    for links in (loose, tmp_path / "no folder" / "links"):
        with pytest.raises(CommandError, match=r"Nothing was stored\.\n--links: "):
            call_command("load_university", str(EXAMPLE), "--links", str(links))

    assert not Institution.objects.exists()
    assert not (tmp_path / "elsewhere").exists()


def test_dry_run_writes_no_links(tmp_path):
    file = tmp_path / "links"

    said("load_university", str(EXAMPLE), "--links", str(file), "--dry-run")

    assert not file.exists()


def test_dry_run_tells_and_stores_nothing():
    out = said("load_university", str(EXAMPLE), "--dry-run")

    assert "new: institution Green Valley University" in out
    assert "/password/" not in out
    assert not Institution.objects.exists()


def test_second_run_has_nothing_to_tell():
    said("load_university", str(EXAMPLE))

    assert said("load_university", str(EXAMPLE)) == "Nothing has changed.\n"


def test_faults_stop_the_command(tmp_path):
    told = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    told["people"][3]["email"] = "horia"
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(told), encoding="utf-8")

    with pytest.raises(CommandError, match=r"people\[3\]\.email: Enter a valid"):
        call_command("load_university", str(file))


def test_demo_is_not_mixed_with_a_university(settings):
    settings.ATESTA_DEMO = True

    with pytest.raises(CommandError, match="--no-demo"):
        call_command("load_university", str(EXAMPLE))


def test_first_steps_are_told_while_the_house_is_empty():
    assert "manage.py load_university" in said("first_steps")

    said("load_university", str(EXAMPLE))

    assert said("first_steps") == ""
