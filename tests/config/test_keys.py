"""Where the secret key comes from."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import keys


def test_a_stated_key_wins_over_the_kept_one(tmp_path):
    kept = tmp_path / "secret.key"
    kept.write_text("kept\n")

    assert keys.secret_key(kept, "stated") == "stated"
    assert keys.secret_key(kept, "") == "kept"


def test_a_missing_key_stops_with_the_remedy(tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"start\.py --prepare"):
        keys.secret_key(tmp_path / "secret.key", "")
