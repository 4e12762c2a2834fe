"""The rules as named classes: numbered, in both languages, complete."""

import pytest
from django.utils import translation

from recognition import grounds
from recognition.enums import LegalInstrument, Purpose, Track


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


@pytest.mark.parametrize("instrument", LegalInstrument.values)
@pytest.mark.parametrize("track", Track.values)
@pytest.mark.parametrize("purpose", Purpose.values)
@pytest.mark.parametrize("as_requested", [True, False])
def test_every_decision_rests_on_its_own_instrument(
    instrument, track, purpose, as_requested
):
    found = grounds.articles_for(instrument, purpose, track, as_requested=as_requested)

    assert found
    assert len(set(found)) == len(found)
    assert set(found) <= set(grounds.articles_of(instrument))


@pytest.mark.parametrize(
    ("instrument", "purpose", "track", "codes"),
    [
        ("national", "credit", "standard", ["OM 3223/2012", "RULES"]),
        ("national", "credit", "prior_learning", ["OM 6768/2023", "RULES"]),
        ("national", "employment", "standard", ["L 199/2023", "RULES"]),
        ("global_convention", "credit", "standard", ["GC partial studies", "GC"]),
        ("global_convention", "admission", "refugee", ["GC", "GC refugees"]),
        (
            "global_convention",
            "statement",
            "prior_learning",
            ["GC", "GC prior learning"],
        ),
        ("bilateral", "credit", "standard", ["BILATERAL", "RULES"]),
        ("agreement", "credit", "standard", ["AGREEMENT", "RULES"]),
        ("none", "credit", "standard", ["RULES"]),
    ],
)
def test_less_than_asked_outside_lisbon_rests_on(instrument, purpose, track, codes):
    found = grounds.articles_for(instrument, purpose, track, as_requested=False)

    assert [article.code for article in found] == codes


def test_the_conventions_share_no_article():
    lisbon, world, home = map(
        grounds.articles_of, ("lisbon", "global_convention", "national")
    )

    assert not set(lisbon) & set(world)
    assert not set(home) & {*lisbon, *world}
    assert all(article.code.startswith("LRC ") for article in lisbon)


def test_lrc_vii_is_named_for_refugees():
    found = grounds.articles_for("lisbon", "credit", Track.REFUGEE, as_requested=True)

    assert [article.code for article in found] == ["LRC V.1", "LRC VII"]


def test_lrc_iii_is_named_wherever_less_is_granted():
    found = grounds.articles_for(
        "lisbon", "admission", Track.STANDARD, as_requested=False
    )

    assert [article.code for article in found] == ["LRC IV.1", "LRC III.3", "LRC III.5"]
