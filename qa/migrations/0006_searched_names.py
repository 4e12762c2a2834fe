"""Names of people also as they are searched: small letters without marks."""

from django.db import migrations, models

from qa.folded import folded


def fill(apps, schema_editor):
    people = apps.get_model("qa", "User").objects
    for one in people.only("title", "given_name", "family_name").iterator():
        parts = (one.title, one.given_name, one.family_name)
        name = folded(" ".join(filter(None, parts)))
        people.filter(pk=one.pk).update(name_folded=name)


class Migration(migrations.Migration):

    dependencies = [
        ("qa", "0005_attachments"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="name_folded",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
