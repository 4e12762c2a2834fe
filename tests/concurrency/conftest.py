"""A house of its own: one prepared database, copied for every try, and a child."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[2]


class SqliteFiles:
    """Databases as files in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new(self) -> str:
        return str(self.folder / f"{uuid4().hex}.sqlite3")

    def copy(self, source: str) -> str:
        return shutil.copy(source, self.new())

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)

    def url(self, name: str) -> str:
        return f"sqlite:///{name}"


class PostgresDatabases:
    """Databases on the server of DATABASE_URL, named after its database."""

    def __init__(self, url: str) -> None:
        self.server = urlsplit(url)
        self.prefix = self.server.path.strip("/")

    def new(self) -> str:
        name = self._name()
        self._say(SQL("CREATE DATABASE {}").format(Identifier(name)))
        return name

    def copy(self, source: str) -> str:
        name = self._name()
        self._say(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(
                Identifier(name), Identifier(source)
            )
        )
        return name

    def drop(self, name: str) -> None:
        self._say(
            SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name))
        )

    def url(self, name: str) -> str:
        return self.server._replace(path=f"/{name}").geturl()

    def _name(self) -> str:
        return f"{self.prefix}_{uuid4().hex[:12]}"

    def _say(self, sentence: Any) -> None:
        address = self.server._replace(scheme="postgresql", path="/postgres").geturl()
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(sentence)


class House:
    """The child at work, and the prepared database that every try copies."""

    def __init__(self, databases: Any, child: "subprocess.Popen[str]") -> None:
        self.databases, self.child = databases, child
        self.prepared = databases.new()

    def prepare(self) -> None:
        (answer,) = self.ask(self.prepared, {"act": "prepare"})
        assert "done" in answer, answer
        self.facts = answer["done"]
        self.before = self.look(self.prepared)

    def ask(self, database: str, *jobs: dict[str, Any]) -> list[dict[str, Any]]:
        """Let the child do these jobs at once, each in a fresh process."""
        order = json.dumps({"database": database, "jobs": jobs})
        self.child.stdin.write(f"{order}\n")
        self.child.stdin.flush()
        return json.loads(self.child.stdout.readline())

    def look(self, database: str) -> dict[str, Any]:
        (answer,) = self.ask(database, {"act": "look"})
        return answer["done"]

    @contextmanager
    def copied(self) -> Iterator[str]:
        """The name of a fresh copy of the prepared database."""
        name = self.databases.copy(self.prepared)
        try:
            yield name
        finally:
            self.databases.drop(name)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One for the run, or one for each worker of it."""
    folder = tmp_path_factory.mktemp("house")
    url = os.environ.get("DATABASE_URL", "")
    on_server = urlsplit(url).scheme.startswith("postgres")
    databases = PostgresDatabases(url) if on_server else SqliteFiles(folder)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": databases.url("named_with_each_order"),
        "ATESTA_DATA_DIR": str(folder),
        "SEAL_KEY_FILE": str(folder / "seal.key"),
        "ISSUER_KEYS_FILE": str(folder / "issuer.keys"),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.concurrency.child"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        made = House(databases, child)
        try:
            made.prepare()
            yield made
        finally:
            child.stdin.close()
            child.wait(timeout=60)
            databases.drop(made.prepared)
