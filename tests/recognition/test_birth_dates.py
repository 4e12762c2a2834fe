"""The learner's date of birth, from each format that has a place for it."""

from datetime import date

import pytest

from tests.credentials import made, made_seals, test_elmo
from tests.recognition.test_crosswalk_files import filled

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("member", ["dateOfBirth", "birthDate"])
def test_the_learner_s_date_of_birth(member: str) -> None:
    born = {"id": "did:example:learner", member: "1990-01-31"}
    transcript = test_elmo.transcript().replace(
        "</familyName>", "</familyName><bday>1990-01-31+02:00</bday>"
    )
    european = made_seals.european()
    european["credentialSubject"]["dateOfBirth"] = "1990-01-31T00:00:00"

    for content, place in (
        (made.token(made.plain(credentialSubject=born)), f"credentialSubject.{member}"),
        (transcript, "learner/bday"),
        (made_seals.sealed(european), "credentialSubject.dateOfBirth"),
    ):
        found = filled(made.as_bytes(content))["learner_birth_date"]
        assert (found.value, found.place) == (date(1990, 1, 31), place)
