"""What start.py decides before it installs or starts anything."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import start


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setattr(start, "DATA", tmp_path)
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The commands of manage.py that would have run."""
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(start, "manage", lambda *command: ran.append(command))
    return ran


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (4, 0, 0)])
def test_version_is_fine_from_the_oldest_on(version):
    assert start.version_message(version) == ""


def test_version_names_the_newer_python_of_this_machine():
    message = start.version_message((3, 9, 2), "python3.12")

    assert message == (
        "Atesta needs Python 3.11 or newer; this is 3.9.2."
        " This machine has a newer one:\n\n    python3.12 start.py\n"
    )


def test_version_names_the_command_where_no_newer_python_is():
    message = start.version_message((3, 9, 2))

    assert message.endswith("    sudo apt install python3 python3-venv\n")


def test_old_python_reads_the_file_far_enough_to_speak():
    source = Path(start.__file__).read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 8))


@pytest.mark.parametrize(
    ("is_root", "command"),
    [(True, "    apt install"), (False, "    sudo apt install")],
    ids=["root", "person"],
)
def test_missing_ensurepip_names_the_command(is_root, command):
    message = start.venv_message(has_ensurepip=False, is_root=is_root)

    assert f"\n{command} python3-venv\n" in message


def test_present_ensurepip_needs_no_words():
    assert start.venv_message(has_ensurepip=True, is_root=False) == ""


def test_missing_ensurepip_stops_before_anything_is_made(monkeypatch, tmp_path):
    monkeypatch.setattr(start, "VENV", tmp_path / "none")
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(SystemExit, match="apt install python3-venv"):
        start.make_venv()

    assert list(tmp_path.iterdir()) == []


def test_digest_depends_on_content_and_not_on_order(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")

    before = start.digest([one, two])

    assert start.digest([two, one]) == before
    two.write_text("3")
    assert start.digest([one, two]) != before


def test_known_lock_is_not_installed_again(monkeypatch, tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("django==5.2.19\n")
    (tmp_path / "requirements.installed").write_text(start.digest([lock]))
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(start, "run", lambda command: pytest.fail(str(command)))

    start.install(lock)


def test_changed_lock_is_installed_by_pip_where_uv_is_absent(monkeypatch, tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("django==5.2.19\n")
    (tmp_path / "requirements.installed").write_text("of an older lock")
    ran = []
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(start.shutil, "which", lambda _name: None)
    monkeypatch.setattr(start, "run", ran.append)

    start.install(lock)

    assert [command[1:4] for command in ran] == [["-m", "pip", "install"]]
    assert ran[0][-5:] == [
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        str(lock),
    ]
    assert start.is_current(tmp_path / "requirements.installed", start.digest([lock]))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_address_and_hashes_everything(name):
    lines = (start.ROOT / name).read_text(encoding="utf-8").splitlines()
    packages = [number for number, line in enumerate(lines) if "==" in line]

    assert "://" not in "".join(lines)
    assert packages
    assert all(lines[number + 1].startswith("    --hash=") for number in packages)


def test_step_runs_once_for_the_same_inputs(data, commands):
    for _time in range(2):
        start.step("static", "Collecting", ["*.py"], "collectstatic")

    assert commands == [("collectstatic",)]


def test_step_runs_again_for_other_inputs(data, commands):
    start.step("static", "Collecting", ["settings.py"], "collectstatic")
    start.step("static", "Collecting", ["urls.py"], "collectstatic")

    assert commands == [("collectstatic",)] * 2


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="a server has no file to lose")
def test_lost_database_is_filled_again(data, commands):
    start.step("migrated", "Preparing", [], "migrate")
    (data / "db.sqlite3").touch()
    start.forget_stamps_of_a_lost_database()
    start.step("migrated", "Preparing", [], "migrate")
    (data / "db.sqlite3").unlink()
    start.forget_stamps_of_a_lost_database()
    start.step("migrated", "Preparing", [], "migrate")

    assert commands == [("migrate",)] * 2


def test_mode_is_kept_and_never_mixed(data):
    start.keep_mode(demo=True)
    start.keep_mode(demo=True)

    with pytest.raises(SystemExit, match="holds the invented university"):
        start.keep_mode(demo=False)


def test_keys_are_private_and_never_replaced(data, monkeypatch):
    monkeypatch.setattr(start, "venv_python", lambda: Path(sys.executable))
    monkeypatch.delenv("SEAL_KEY_FILE", raising=False)
    monkeypatch.delenv("ISSUER_KEYS_FILE", raising=False)

    start.make_keys()
    kept = {path.name: path.read_bytes() for path in data.iterdir()}
    start.make_keys()

    assert sorted(kept) == ["issuer.keys", "seal.key", "secret.key"]
    assert {path.name: path.read_bytes() for path in data.iterdir()} == kept
    assert {path.stat().st_mode & 0o777 for path in data.iterdir()} == {0o600}


def test_secret_key_is_whole_or_absent(data, monkeypatch):
    """A start that dies while it writes leaves no key, and the next one makes it."""
    monkeypatch.setattr(start, "run", lambda _command: None)
    (data / "secret.key").touch()  # as an earlier death could leave it

    with monkeypatch.context() as dying:
        dying.setattr(Path, "write_text", _die)
        with pytest.raises(SystemError):
            start.make_keys()
    assert not (data / "secret.key").read_text(encoding="ascii")

    start.make_keys()
    key = (data / "secret.key").read_text(encoding="ascii")
    start.make_keys()

    assert len(key) > 64
    assert [path.name for path in data.iterdir()] == ["secret.key"]
    assert (data / "secret.key").stat().st_mode & 0o777 == 0o600
    assert (data / "secret.key").read_text(encoding="ascii") == key


def test_a_death_before_the_first_key_leaves_none(data, monkeypatch):
    monkeypatch.setattr(start, "run", lambda _command: None)

    with monkeypatch.context() as dying:
        dying.setattr(Path, "write_text", _die)
        with pytest.raises(SystemError):
            start.make_keys()

    assert not (data / "secret.key").exists()


def _die(*_given, **_named):
    raise SystemError


def test_environment_states_the_mode_and_leaves_https_to_the_operator(monkeypatch):
    monkeypatch.setenv("ATESTA_HTTPS", "yes")

    told = start.environment(demo=False)

    assert (told["ATESTA_DEMO"], told["ATESTA_HTTPS"]) == ("no", "yes")


def test_taken_port_is_refused_when_asked_for_and_passed_over_when_not(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(start, "FIRST_PORT", port)

        with pytest.raises(SystemExit, match=f"Port {port} is taken"):
            start.chosen_port(port)
        assert start.chosen_port(None) > port


def test_links_that_leave_the_house_name_the_port_it_answers_at(monkeypatch):
    monkeypatch.delenv("ATESTA_URL", raising=False)
    assert start.environment(True, 8123)["ATESTA_URL"] == "http://127.0.0.1:8123"

    monkeypatch.setenv("ATESTA_URL", "https://atesta.example")
    assert start.environment(True, 8123)["ATESTA_URL"] == "https://atesta.example"


@pytest.mark.parametrize("asked", ["0", "65536", "-1", "http"])
def test_a_port_that_cannot_be_is_refused_before_anything_is_made(
    asked, monkeypatch, capsys
):
    monkeypatch.setattr(start, "prepare", lambda _demo: pytest.fail("it began"))

    with pytest.raises(SystemExit):
        start.main(["--port", asked])

    assert "--port" in capsys.readouterr().err


def test_an_environment_half_made_is_made_anew(monkeypatch, tmp_path):
    ran: list[list[str]] = []
    monkeypatch.setattr(start, "run", ran.append)
    monkeypatch.setattr(start, "VENV", tmp_path)
    start.venv_python().parent.mkdir()
    start.venv_python().touch()

    start.make_venv()
    start.make_venv()

    assert [command[1:] for command in ran] == [
        ["-m", "venv", "--clear", str(tmp_path)]
    ]


def test_stop_ends_our_children_only():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

    start.stop([child])

    assert child.returncode is not None


@pytest.mark.parametrize(("mark", "compiles"), [("", True), ("#, fuzzy\n", False)])
def test_a_catalogue_that_gives_no_translations_stops_the_start(
    monkeypatch, tmp_path, mark, compiles
):
    catalogue = tmp_path / "locale" / "ro" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    catalogue.write_text(f'{mark}{header}\nmsgid "yes"\nmsgstr "da"\n')
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "venv_python", lambda: Path(sys.executable))

    if compiles:
        start.compile_translations()
    else:
        with pytest.raises(SystemExit, match="No translations were compiled from"):
            start.compile_translations()

    assert catalogue.with_suffix(".mo").exists() is compiles
