"""One story told on an empty database; prints the hash of each document as JSON.

Run by `test_same_bytes.py` in a process of its own, once for each database.
"""

import hashlib
import json
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.conf import settings  # noqa: E402  settings come first
from django.db import connection  # noqa: E402

from qa import clock, seal_key  # noqa: E402
from qa.enums import Outcome, Role  # noqa: E402
from qa.models import User  # noqa: E402
from reports import documents, queries, registers  # noqa: E402
from tests import stages  # noqa: E402


def told() -> dict[str, str]:
    """The documents of one approved offer, read years later."""
    stages.STAGES["told"] = lambda story: story.to_decided(Outcome.APPROVED)
    procedure_id = stages.build(("told",))["told"].procedure_id
    reader = User.objects.filter(appointments__role=Role.SENATE_SECRETARY).first()
    decision = queries.register_entries().get(pk=procedure_id).decisions.latest("pk")
    dossier = queries.dossier_data(decision.procedure, reader=reader, language="ro")
    made = {
        "letter": documents.letter(
            queries.letter_data(
                decision,
                registry_number="1/01.01.2027",
                code="7K2M-9Q4T-AAAA-BBBB",
                issued_on=decision.decided_on,
            )
        ),
        "dossier": documents.dossier(dossier),
        "register": registers.workbook(queries.register_rows(), "ro"),
    }
    return {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}


def main() -> None:
    # The chain holds the machine's own time, which no two runs share.
    clock.machine_now = lambda: datetime(2026, 11, 25, 12, tzinfo=UTC)
    seal_key.make(settings.SEAL_KEY_FILE)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        sys.stdout.write(json.dumps(told()))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
