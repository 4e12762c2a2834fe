"""The rules as named classes: numbered, in both languages, complete."""

import pytest
from django.utils import translation

from recognition import grounds
from recognition.enums import Purpose, Track


@pytest.mark.parametrize("code", sorted(grounds.BY_CODE))
def test_ground_has_its_number_and_both_languages(code):
    ground = grounds.BY_CODE[code]

    with translation.override("ro"):
        assert ground.message() == ground.ro
    with translation.override("en"):
        assert ground.message() == ground.english()
    assert ground.english().endswith((".", "?"))
    assert ground.ro.endswith((".", "?"))
    assert not set(ground.ro) & set("şţŞŢ")


def test_numbers_are_given_once():
    every = (
        *grounds.EAR_GRID,
        *grounds.EVALUATE_GRID,
        *grounds.ARTICLES,
        *grounds.DIFFERENCES,
    )
    assert len(grounds.BY_CODE) == len(every)


def test_the_five_elements_in_their_order():
    assert [(c.code, c.key) for c in grounds.EAR_GRID] == [
        ("EAR-1", "level"),
        ("EAR-2", "workload"),
        ("EAR-3", "quality"),
        ("EAR-4", "profile"),
        ("EAR-5", "outcomes"),
    ]


def test_the_seven_criteria_of_prior_learning():
    assert [c.code for c in grounds.grid_of(Track.PRIOR_LEARNING)] == [
        f"EV-{n}" for n in range(1, 8)
    ]


@pytest.mark.parametrize("track", [Track.STANDARD, Track.REFUGEE])
def test_other_tracks_compare_the_five_elements(track):
    assert grounds.grid_of(track) == grounds.EAR_GRID


def test_labels_are_in_both_languages():
    with translation.override("ro"):
        assert grounds.EAR_GRID[0].label() == "Nivel"
    with translation.override("en"):
        assert grounds.EAR_GRID[0].label() == "Level"


@pytest.mark.parametrize("purpose", Purpose.values)
def test_every_purpose_rests_on_an_article(purpose):
    (article,) = grounds.articles_for(purpose, Track.STANDARD, as_requested=True)

    assert article in grounds.ARTICLES


def test_lrc_vii_is_named_for_refugees():
    found = grounds.articles_for("credit", Track.REFUGEE, as_requested=True)

    assert [article.code for article in found] == ["LRC V.1", "LRC VII"]


def test_lrc_iii_is_named_wherever_less_is_granted():
    found = grounds.articles_for("admission", Track.STANDARD, as_requested=False)

    assert [article.code for article in found] == ["LRC IV.1", "LRC III.3", "LRC III.5"]
