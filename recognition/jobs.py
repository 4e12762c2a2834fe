"""Jobs of the background workers; their payloads hold nothing but ids."""

from recognition.services import looking_up


def look_up(pk: int) -> int | None:
    """Look up what a check could not see; answers with the check that was kept."""
    made = looking_up.look_up(pk)
    return made.pk if made else None
