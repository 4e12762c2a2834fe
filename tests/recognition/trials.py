"""Every trial of recognition, by act and clause."""

from tests.recognition import trials_deciding, trials_handling
from tests.recognition.trial import BREAK, BROKEN, READY

__all__ = ["BREAK", "BROKEN", "READY", "trials_deciding", "trials_handling"]
