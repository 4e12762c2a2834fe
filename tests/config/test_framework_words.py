"""What the framework says is in the product's own Romanian."""

import pytest
from django.utils.translation import gettext, override

from config.framework_words import SENTENCES


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_of_the_framework_has_cedillas(sentence):
    with override("ro"):
        said = gettext(sentence)

    assert said != sentence
    assert not set(said) & {"\u015f", "\u0163", "\u015e", "\u0162"}
