"""The repository's own rules, each checked over the whole of it."""

import ast
import os
import re
import shutil
from collections.abc import Iterator
from importlib import metadata
from itertools import chain
from pathlib import Path
from string import Formatter
from typing import Any

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.utils import translation
from django_fsm import FSMField

from config.management.commands import state_diagrams
from qa.clauses import Clause
from qa.transitions import status_field
from qa.verification import machines

ROOT = Path(__file__).parent.parent
APPS = ("config", "qa", "recognition", "reports")
PRODUCT = (*APPS, "fixtures")
NOT_OURS = {
    ".git",
    ".venv",
    "var",
    "__pycache__",
    "htmlcov",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".import_linter_cache",
}
CATALOGUE = ROOT / "locale" / "ro" / "LC_MESSAGES" / "django.po"

# What is longer than the house style allows, at its present length: it may only shrink.
LONG_FILES = {
    "fixtures/demo/accreditation.py": 558,
    "fixtures/demo/recognition.py": 524,
    "qa/content.py": 432,
    "qa/models/procedure.py": 430,
    "start.py": 426,
}
LONG_FUNCTIONS = {
    "fixtures/demo/demo.py _waiting_tales": 50,
    "fixtures/demo/demo.py _younger_tales": 56,
    "qa/views/decisions.py decision_record": 48,
    "qa/views/report.py finding_edit": 45,
    "recognition/services/documents.py add_document": 44,
    "reports/queries/register.py _row": 47,
    "tests/qa/flow_world.py build": 46,
    "tests/qa/flow_world.py draft": 46,
    "tests/qa/test_flows.py "
    "test_the_straight_way_gives_each_turn_to_its_person_or_office": 44,
    "tests/qa/test_views_review.py "
    "test_decision_is_checked_word_for_word_then_signed": 43,
    "tests/recognition/test_views_office.py "
    "test_officer_leads_an_application_through_the_pages": 56,
    "tests/recognition/test_views_own.py test_applicant_files_through_the_pages": 53,
}
# Instants without an actor: told by a machine, or said by the event beside them.
WITHOUT_ACTOR = {
    "Case.opened_at",
    "CredentialCheck.look_up_asked_at",
    "Event.machine_at",
    "LookUp.answered_at",
    "Message.attempted_at",
    "Message.read_at",
    "Message.sent_at",
    "Message.written_at",
    "Procedure.moved_at",
    "RecognitionApplication.moved_at",
    "Seal.machine_at",
}
# Cedillas that are meant: a Turkish title, and what makes the old letters findable.
WITH_CEDILLA = {
    "fixtures/demo/applications.json": {"ş"},
    "tests/recognition/test_grounds.py": {"ş", "ţ", "Ş", "Ţ"},
}


def own_files(*suffixes: str, under: tuple[str, ...] = ("",)) -> Iterator[Path]:
    """The repository's own files, with these endings."""
    for top in under:
        for folder, folders, names in os.walk(ROOT / top):
            folders[:] = sorted(set(folders) - NOT_OURS)
            for name in sorted(names):
                if not suffixes or name.endswith(suffixes):
                    yield Path(folder) / name


def texts() -> Iterator[tuple[str, str]]:
    """Every text file, by its path; this one lists what it forbids."""
    for path in own_files():
        if path == Path(__file__) or path.suffix in (".mo", ".pyc"):
            continue
        try:
            yield told(path), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def told(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def found_in_texts(pattern: str) -> list[str]:
    return [
        f"{name}: {hit.group()}"
        for name, text in texts()
        for hit in re.finditer(pattern, text)
    ]


# Machines


@pytest.mark.parametrize(
    "machine", list(machines()), ids=lambda machine: machine.__name__
)
def test_state_is_protected_and_moves_explain_themselves(
    machine: type[models.Model],
) -> None:
    states = [field for field in machine._meta.fields if isinstance(field, FSMField)]

    assert [field.protected for field in states] == [True]
    for move in status_field(machine).get_all_transitions(machine):
        assert move.permission is not None, move.name
        assert move.method.__doc__, move.name
        assert all(isinstance(clause, Clause) for clause in move.conditions), move.name
    for opening in machine.openings:  # type: ignore[attr-defined]
        assert all(isinstance(clause, Clause) for clause in opening.guard), opening.row


def test_every_state_of_ours_belongs_to_a_machine() -> None:
    assert {
        model
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, FSMField)
    } == set(machines())


# Of a manager or a query; what makes a row of a machine is known by its name.
MAKING = ("update", "create", "get_or_create", "update_or_create")
IN_BULK = ("bulk_update", "bulk_create")
WRITING = {kind + verb for verb in (*MAKING, *IN_BULK) for kind in ("", "a")}
MACHINES = {machine.__name__ for machine in machines()}


def names_the_status(given: ast.expr) -> bool:
    """A list of fields, or a table of values, that has the status in it."""
    match given:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            pass
        case ast.Dict(keys=keys, values=values):
            unpacked = [v for k, v in zip(keys, values, strict=True) if k is None]
            parts = [key for key in keys if key is not None]
            if any(names_the_status(one) for one in unpacked):
                return True
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return names_the_status(left) or names_the_status(right)
        case ast.Call(func=ast.Name(id="dict")):
            return any(keyword.arg == "status" for keyword in given.keywords)
        case _:
            return False
    return any(isinstance(p, ast.Constant) and p.value == "status" for p in parts)


def makes_or_changes_rows(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(attr=name):
            return name in WRITING or name in MACHINES
        case ast.Name(id=name):
            return name in MACHINES
    return False


def status_writes(module: ast.Module) -> Iterator[int]:
    """Lines that write a status past the door."""
    for node in ast.walk(module):
        match node:
            case ast.Call() if makes_or_changes_rows(node):
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                named = any(keyword.arg == "status" for keyword in node.keywords)
                if named or any(names_the_status(one) for one in given):
                    yield node.lineno
            case ast.Call(
                func=ast.Name(id="setattr"), args=[_, ast.Constant("status"), _]
            ):
                yield node.lineno
            case ast.Attribute(attr="status", ctx=ast.Store()):
                yield node.lineno


def test_status_is_written_by_the_door_alone() -> None:
    assert [
        f"{told(path)}:{line}"
        for path in own_files(".py", under=PRODUCT)
        if "migrations" not in path.parts
        for line in status_writes(parsed(path))
    ] == []


def test_status_writes_are_seen() -> None:
    written = ast.parse(
        "rows.update(status='x')\nit.status = 'x'\nsetattr(it, 'status', 'x')\n"
        "it.status: str = 'x'\nif it.status == 'x': pass\nrows.filter(status='x')"
    )
    assert sorted(status_writes(written)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "line",
    [
        "Procedure.objects.create(case=it, status='x')",
        "Procedure.objects.update_or_create(pk=1, defaults={'status': 'x'})",
        "Procedure.objects.get_or_create(pk=1, defaults=told | {'status': 'x'})",
        "rows.bulk_create([Procedure(status='x') for it in them])",
        "rows.bulk_create([models.Procedure(**{'status': 'x'})])",
        "rows.bulk_create(them, update_conflicts=True, update_fields=['status'])",
        "rows.bulk_update(them, ['status'])",
        "rows.update(**{'status': 'x'})",
        "rows.update(**{**told, 'status': 'x'})",
        "rows.update(**dict(status='x'))",
        "await rows.aupdate(status='x')",
    ],
)
def test_status_written_in_another_way_is_seen(line: str) -> None:
    assert list(status_writes(ast.parse(line))) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "rows.filter(**{'status': 'x'}).update(due_on=None)",
        "Procedure.objects.create(case=it)",
        "rows.bulk_update(them, ['due_on'])",
        "context.update(it=it)",
        "render(request, 'page.html', {'status': it.status}, status=422)",
    ],
)
def test_status_only_read_is_no_write(line: str) -> None:
    assert list(status_writes(ast.parse(line))) == []


def test_every_instant_has_its_actor() -> None:
    alone = {
        f"{model.__name__}.{field.name}"
        for app in ("qa", "recognition")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.fields
        if field.name.endswith("_at")
        and not any(
            other.name == f"{field.name.removesuffix('_at')}_by"
            for other in model._meta.fields
        )
    }
    assert alone == WITHOUT_ACTOR


def test_drawings_of_the_machines_are_up_to_date() -> None:
    assert state_diagrams.PAGE.read_text(encoding="utf-8") == state_diagrams.page()


# Guards and their sentences


def every_clause() -> set[Clause]:
    declared = {
        clause
        for machine in machines()
        for move in status_field(machine).get_all_transitions(machine)
        for clause in move.conditions
    }
    first = {
        clause
        for machine in machines()
        for opening in machine.openings  # type: ignore[attr-defined]
        for clause in opening.guard
    }
    kept = {
        clause
        for model in apps.get_models()
        for act in getattr(model, "rowless", ())
        for clause in act.guard
    }
    return declared | first | kept


def test_every_clause_has_a_sentence_in_both_languages() -> None:
    romanian = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
    with translation.override("en"):
        english = {clause.name: str(clause.sentence) for clause in every_clause()}

    assert english
    assert [name for name, text in english.items() if not text.strip()] == []
    assert [name for name, text in english.items() if not romanian.get(text)] == []


# Templates


def test_every_template_is_used() -> None:
    sources = {
        path: path.read_text(encoding="utf-8")
        for path in own_files(".py", ".html", ".txt", under=APPS)
    }
    by_django = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    unused = [
        told(path)
        for path in sources
        if "templates" in path.parts
        and (name := told(path).split("/templates/")[1]) not in by_django
        and not any(
            f'"{name}"' in text for other, text in sources.items() if other != path
        )
    ]
    assert unused == []


def test_papers_point_at_what_is_there() -> None:
    broken = [
        f"{told(path)}: {target}"
        for path in own_files(".md")
        for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8"))
        if not target.startswith("http") and not (path.parent / target).exists()
    ]

    assert broken == []


# Sizes


def test_files_keep_to_their_length() -> None:
    lengths = {
        told(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in own_files(".py", ".html")
        if "migrations" not in path.parts
    }

    def limit(name: str) -> int:
        if name.endswith(".html"):
            return 150
        return 600 if name.startswith("tests/") else 400

    above = {name: n for name, n in lengths.items() if n > limit(name)}
    assert {n: f for n, f in above.items() if f > LONG_FILES.get(n, 0)} == {}


def test_functions_keep_to_their_length() -> None:
    above = {
        f"{told(path)} {node.name}": node.end_lineno - node.lineno + 1
        for path in own_files(".py")
        if "migrations" not in path.parts
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > 40
    }
    assert {n: f for n, f in above.items() if f > LONG_FUNCTIONS.get(n, 0)} == {}


# Words


def translated() -> list[Any]:
    return list(polib.pofile(str(CATALOGUE)))


def placeholders(text: str) -> set[str]:
    percent = set(re.findall(r"%\(\w+\)[a-z]|%[sd]", text))
    braces = {
        f"{{{name}}}"
        for _text, name, _spec, _conversion in Formatter().parse(text)
        if name is not None
    }
    return percent | braces


def test_every_sentence_is_translated() -> None:
    entries = translated()
    assert len(entries) > 1000
    assert [entry.msgid for entry in entries if not entry.translated()] == []
    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    assert [entry.msgid for entry in entries if entry.obsolete] == []


def test_translations_keep_the_placeholders() -> None:
    differing = []
    for entry in translated():
        wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
        forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        # A plural form may leave its number out ("a day"); none may invent one.
        if any(placeholders(form) - wanted for form in forms) or (
            set(chain.from_iterable(map(placeholders, forms))) != wanted
        ):
            differing.append(entry.msgid)
    assert differing == []


@pytest.mark.skipif(
    shutil.which("xgettext") is None, reason="gettext is missing: apt install gettext"
)
def test_every_sentence_of_the_code_is_in_the_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    for path in own_files(".py", ".html", ".txt", under=PRODUCT):
        copy = tmp_path / told(path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    (tmp_path / "locale").mkdir()
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(tmp_path)

    call_command("makemessages", locale=["ro"], no_obsolete=True, verbosity=0)

    taken = polib.pofile(str(tmp_path / "locale" / "ro" / "LC_MESSAGES" / "django.po"))
    in_code = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in taken}
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in translated()}
    assert len(in_code) > 1000
    assert {"missing": in_code - known, "left over": known - in_code} == {
        "missing": set(),
        "left over": set(),
    }


def test_romanian_is_written_with_commas_below() -> None:
    assert {
        name: letters for name, text in texts() if (letters := set(text) & set("şţŞŢ"))
    } == WITH_CEDILLA


# What must not be in a repository


def test_no_address_of_a_person() -> None:
    addresses = found_in_texts(r"[\w.%+-]+@[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}\b")
    assert [one for one in addresses if not one.lower().endswith(".example")] == []


def test_no_registry_and_no_machine() -> None:
    hosts = r"pypi\.org|pythonhosted\.org|npmjs\.\w+|(?<!no-emit-)index-url|artifactory|devpi"
    assert found_in_texts(hosts) == []
    assert found_in_texts(r"/(root|home|tmp|work/(main|shared|\.\w+))/[\w.-]*") == []


def imported(path: Path) -> set[str]:
    """The packages a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_only_reports_build_documents() -> None:
    importers = {
        told(path).split("/")[0]
        for path in own_files(".py", under=PRODUCT)
        if imported(path) & {"openpyxl", "reportlab"}
    }
    assert importers == {"reports"}


def test_the_maintained_state_machine_is_installed() -> None:
    assert metadata.packages_distributions()["django_fsm"] == ["django-fsm-2"]


def test_catalogue_is_the_one_that_is_served() -> None:
    assert CATALOGUE.parents[2] in [Path(one) for one in settings.LOCALE_PATHS]
