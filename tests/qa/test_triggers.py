"""The database itself keeps the record: its triggers refuse, and are seen if changed."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from qa import checks, record, triggers, verification
from qa.models import Case, Procedure
from tests.qa.tampered import event_id, sql, triggers_lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(stages) -> Case:
    """A decided case, sealed as every decision seals."""
    found = Procedure.objects.get(pk=stages["approved"].procedure_id).micro_credential
    record.seal_changed_cases()
    return found.case


@pytest.mark.parametrize("table", ["qa_event", "qa_seal", "qa_decision", "qa_vote"])
@pytest.mark.parametrize("sentence", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses(case: Case, table: str, sentence: str) -> None:
    refused = pytest.raises(DatabaseError, match="append-only")

    with refused, transaction.atomic():
        sql(sentence.format(table))


def test_triggers_come_back_after_every_migrate(case: Case) -> None:
    with triggers_lifted(again=False):
        call_command("migrate", verbosity=0)

    assert triggers.missing() == []


on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="only SQLite replaces rows"
)
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="what PostgreSQL's catalogue says"
)


def copied(table: str, key: int, **changes: str) -> str:
    """The row once more, as who replaces it writes it."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
    names = [column.name for column in columns]
    values = ", ".join(changes.get(name, f'"{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    return (
        f"INSERT OR REPLACE INTO {table} ({quoted})"  # noqa: S608
        f" SELECT {values} FROM {table} WHERE id = {key}"
    )


@on_sqlite
@pytest.mark.parametrize(
    "changes",
    [{"reason": "'none'"}, {"id": "-7", "reason": "'none'"}, {"id": "NULL"}],
    ids=["the same id", "another id, the same place", "an id of its own"],
)
def test_an_event_cannot_be_replaced(case: Case, changes: dict[str, str]) -> None:
    refused = pytest.raises(DatabaseError, match="append-only")

    with refused, transaction.atomic():
        sql(copied("qa_event", event_id(case, 5), **changes))

    assert verification.verify() == []


@on_sqlite
@pytest.mark.parametrize("table", ["qa_seal", "qa_decision", "qa_vote"])
def test_no_row_of_the_record_can_be_replaced(case: Case, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608
        key = cursor.fetchone()[0]
    refused = pytest.raises(DatabaseError, match="append-only")

    with refused, transaction.atomic():
        sql(copied(table, key))


@on_sqlite
def test_a_trigger_with_another_body_is_found_and_made_again(case: Case) -> None:
    sql("DROP TRIGGER qa_event_refuses_update")
    sql("CREATE TRIGGER qa_event_refuses_update BEFORE UPDATE ON qa_event"
        " WHEN 0 BEGIN SELECT RAISE(ABORT, 'qa_event is append-only'); END")  # fmt: skip

    found = triggers.missing()
    triggers.install()

    assert found == ["qa_event_refuses_update"]
    assert triggers.missing() == []


HOLLOW = (
    "ALTER TABLE qa_event DISABLE TRIGGER qa_event_refuses_update",
    "ALTER TABLE qa_event ENABLE REPLICA TRIGGER qa_event_refuses_update",
    (
        "DROP TRIGGER qa_event_refuses_update ON qa_event;"
        " CREATE TRIGGER qa_event_refuses_update BEFORE UPDATE OF id ON qa_event"
        " FOR EACH ROW EXECUTE FUNCTION atesta_append_only()"
    ),
    (
        "DROP TRIGGER qa_event_refuses_update ON qa_event;"
        " CREATE TRIGGER qa_event_refuses_update BEFORE UPDATE ON qa_event"
        " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ),
)


@on_postgresql
@pytest.mark.parametrize("sentence", HOLLOW)
def test_a_hollow_trigger_is_found_and_made_again(case: Case, sentence: str) -> None:
    connection.check_constraints()
    sql(sentence)

    found = triggers.missing()
    triggers.install()

    assert found == ["qa_event_refuses_update"]
    assert triggers.missing() == []


@on_postgresql
def test_a_function_that_refuses_nothing_is_found(case: Case) -> None:
    connection.check_constraints()
    sql(
        "CREATE OR REPLACE FUNCTION atesta_append_only() RETURNS trigger"
        " AS $$ BEGIN RETURN NEW; END; $$ LANGUAGE plpgsql"
    )

    found = triggers.missing()
    triggers.install()

    assert "qa_event_refuses_truncate" in found
    assert triggers.missing() == []


def test_a_house_without_its_triggers_does_not_run(case: Case) -> None:
    with triggers_lifted(again=False):
        found = checks.check_triggers(None, ["default"])
        triggers.install()

    assert {error.id for error in found} == {"qa.E001"}
    assert len(found) >= len(triggers.APPEND_ONLY)
    assert checks.check_triggers(None, ["default"]) == []
