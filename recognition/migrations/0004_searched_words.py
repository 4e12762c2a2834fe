"""Title, learner and issuer of a credential also as they are searched."""

from django.db import migrations, models

from qa.folded import folded


def fill(apps, schema_editor):
    credentials = apps.get_model("recognition", "IncomingCredential").objects
    for one in credentials.select_related("issuer").iterator():
        words = [
            one.title,
            one.title_translated,
            one.learner_given_name,
            one.learner_family_name,
            one.issuer_name,
            str(one.origins.get("issuer", {}).get("name", "")),
        ]
        if one.issuer:
            words += [one.issuer.name_ro, one.issuer.name_en]
        kept = folded("\n".join(filter(None, words)))
        credentials.filter(pk=one.pk).update(words_folded=kept)


class Migration(migrations.Migration):

    dependencies = [
        ("qa", "0006_searched_names"),
        ("recognition", "0003_fields_of_study_and_skills"),
    ]

    operations = [
        migrations.AddField(
            model_name="incomingcredential",
            name="words_folded",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
