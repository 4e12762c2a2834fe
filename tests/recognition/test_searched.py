"""What is searched follows what is saved, and was filled in for rows that were there."""

from importlib import import_module

import pytest
from django.apps import apps

from qa.models import Institution, User
from recognition.models import IncomingCredential
from tests.factories import recognition as r

pytestmark = pytest.mark.django_db
KEPT = {
    User: "name_folded",
    Institution: "name_folded",
    IncomingCredential: "words_folded",
}
FILLED = (
    "qa.migrations.0007_searched_names_filled",
    "recognition.migrations.0005_searched_words_filled",
)


def kept():
    return {model: dict(model.objects.values_list("pk", KEPT[model])) for model in KEPT}


def test_rows_that_were_there_are_filled_as_if_they_were_saved(office):
    credential = r.file(office, title="Știința datelor").credential
    credential.origins = {"issuer": {"name": "Școala de Vară", "value": 1}}
    credential.save()
    r.issuer()
    saved = kept()
    for model, field in KEPT.items():
        model.objects.update(**{field: ""})

    for name in FILLED:
        import_module(name).fill(apps, None)

    assert kept() == saved
    assert "stiinta datelor" in saved[IncomingCredential][credential.pk]
    assert "scoala de vara" in saved[IncomingCredential][credential.pk]


@pytest.mark.parametrize("origins", [{"issuer": None}, {"issuer": "x"}, {}])
def test_odd_origins_stop_no_upgrade(office, origins):
    credential = r.file(office).credential
    IncomingCredential.objects.filter(pk=credential.pk).update(origins=origins)

    import_module(FILLED[1]).fill(apps, None)

    assert "radu" in IncomingCredential.objects.get(pk=credential.pk).words_folded


def test_a_partial_save_keeps_the_words_up_to_date(office):
    credential = r.file(office).credential
    credential.origins = {"issuer": {"name": "Școala de Vară"}}
    credential.save(update_fields=["origins"])

    stored = IncomingCredential.objects.get(pk=credential.pk)

    assert "scoala de vara" in stored.words_folded


def test_a_partial_save_of_something_else_leaves_the_words_of_another(office):
    old, new = (User.objects.get(pk=office.radu.pk) for _twice in range(2))
    new.family_name = "Țepeș"
    new.save()

    old.save(update_fields=["last_login"])

    assert User.objects.get(pk=old.pk).name_folded == "radu\ntepes"
