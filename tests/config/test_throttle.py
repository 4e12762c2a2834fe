"""Ten wrong passwords, then one waits; told alike for known and unknown addresses."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from qa.models import FailedSignIn, User

pytestmark = pytest.mark.django_db
ANA, NOBODY = "ana@uvd.example", "nobody@uvd.example"
RIGHT, WRONG = "gri-verde-lung-77", "wrong"
LONG_S = "\u017f"
NOON = datetime(2026, 3, 2, 10, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    User.objects.create_user(ANA, RIGHT)
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def signs_in(client, email: str = ANA, password: str = WRONG, **more: str):
    form = {"username": email, "password": password}
    return client.post("/sign-in/", form, **more)


def fail(client, times: int, email: str = ANA, **more: str) -> None:
    for _time in range(times):
        assert signs_in(client, email, **more).status_code == 200


@pytest.mark.parametrize("email", [ANA, NOBODY])
def test_eleventh_try_is_told_when_to_try_again(client, email):
    fail(client, 10, email)

    answer = signs_in(client, email.upper(), RIGHT)

    assert answer.status_code == 429
    assert "Try again after 12:16." in answer.content.decode()
    assert f'value="{email.upper()}"' in answer.content.decode()


def test_sentence_is_in_romanian_too(client):
    fail(client, 10)

    answer = signs_in(client, headers={"accept-language": "ro"})

    assert "Încercați din nou după ora 12:16." in answer.content.decode()


def test_right_password_helps_again_at_that_time(client, noon):
    fail(client, 10)
    signs_in(client)
    noon.move_to(NOON + timedelta(minutes=15, seconds=30))

    assert signs_in(client, ANA, RIGHT).status_code == 302


def test_right_password_forgets_the_wrong_ones(client):
    fail(client, 9)
    assert signs_in(client, ANA, RIGHT).status_code == 302
    client.logout()

    fail(client, 10)


def test_right_password_after_nine_wrong_ones_and_an_empty_one(client):
    fail(client, 9)
    signs_in(client, password="")
    fail(client, 1)

    assert signs_in(client).status_code == 429


def test_another_person_and_another_place_are_not_held_up(client):
    fail(client, 10)

    fail(client, 1, NOBODY)
    fail(client, 1, ANA, REMOTE_ADDR="10.0.0.9")


def test_behind_a_proxy_its_word_counts(client, settings):
    settings.ATESTA_BEHIND_PROXY = True
    fail(client, 10, HTTP_X_FORWARDED_FOR="6.6.6.6, 10.0.0.1")

    assert signs_in(client, HTTP_X_FORWARDED_FOR="1.1.1.1, 10.0.0.1").status_code == 429
    assert signs_in(client, HTTP_X_FORWARDED_FOR="10.0.0.2").status_code == 200


@pytest.mark.parametrize("email", ["ANA@UVD.example", f"{LONG_S}tefan@uvd.example"])
def test_other_letters_for_the_same_address_give_no_more_tries(client, email):
    fail(client, 10, email.lower().replace(LONG_S, "s"))

    assert signs_in(client, email).status_code == 429


def test_network_of_a_subscriber_counts_as_one_place(client):
    for number in range(10):
        fail(client, 1, REMOTE_ADDR=f"2001:db8:0:1::{number}")

    assert signs_in(client, REMOTE_ADDR="2001:db8:0:1:ffff::").status_code == 429
    assert signs_in(client, REMOTE_ADDR="2001:db8:0:2::1").status_code == 200


def test_old_address_within_a_new_one_is_the_old_one(client):
    fail(client, 10, REMOTE_ADDR="::ffff:10.0.0.1")

    assert signs_in(client, REMOTE_ADDR="10.0.0.1").status_code == 429
    assert signs_in(client, REMOTE_ADDR="::ffff:10.0.0.2").status_code == 200


def test_word_of_a_visitor_about_the_place_counts_for_nothing(client):
    fail(client, 10, HTTP_X_FORWARDED_FOR="10.0.0.1")

    assert signs_in(client, HTTP_X_FORWARDED_FOR="10.0.0.2").status_code == 429


def test_proxy_that_says_nothing_stands_for_itself_alone(client, settings):
    settings.ATESTA_BEHIND_PROXY = True
    fail(client, 10, REMOTE_ADDR="10.0.0.1")

    assert signs_in(client, REMOTE_ADDR="10.0.0.2").status_code == 200


def test_old_tries_are_thrown_away_and_name_nobody(client, noon):
    fail(client, 3)
    noon.move_to(NOON + timedelta(minutes=16))
    fail(client, 1)

    kept = FailedSignIn.objects.get()
    assert kept.at > NOON
    assert len(kept.key) == 64
