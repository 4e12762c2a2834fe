"""Title, learner and issuer of the credentials that are there, as they are searched."""

from django.db import migrations

from qa.folded import folded


def fill(apps, schema_editor):
    credentials = apps.get_model("recognition", "IncomingCredential").objects
    for one in credentials.order_by("pk").iterator():
        found = one.origins.get("issuer")
        words = (
            one.title,
            one.title_translated,
            one.learner_given_name,
            one.learner_family_name,
            one.issuer_name,
            str(found.get("name") or "") if isinstance(found, dict) else "",
        )
        kept = folded("\n".join(filter(None, words)))
        credentials.filter(pk=one.pk).update(words_folded=kept)


class Migration(migrations.Migration):

    dependencies = [
        ("recognition", "0004_searched_words"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
