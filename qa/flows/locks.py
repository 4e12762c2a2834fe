"""The lock of every flow: the case row, the same one the door locks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from qa.models import Case


@contextmanager
def case_lock(flow_class: Any, process_pk: int) -> Iterator[None]:
    """Lock the case of a process; taken again inside one transaction it costs nothing.

    Any other row would let the door and the engine wait for each other for ever.
    """
    with transaction.atomic():
        process = flow_class.process_class.objects.get(pk=process_pk)
        Case.lock(process.artifact.case_id)
        yield
