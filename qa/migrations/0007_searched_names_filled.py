"""Names and titles as they are searched, for rows that are there."""

from django.db import migrations

from qa.folded import folded


def fill(apps, schema_editor):
    people = apps.get_model("qa", "User").objects
    for one in people.order_by("pk").iterator():
        parts = (one.title, one.given_name, one.family_name)
        name = folded(" ".join(filter(None, parts)))
        people.filter(pk=one.pk).update(name_folded=name)
    institutions = apps.get_model("qa", "Institution").objects
    for one in institutions.order_by("pk").iterator():
        name = folded(f"{one.name_ro}\n{one.name_en}")
        institutions.filter(pk=one.pk).update(name_folded=name)
    versions = apps.get_model("qa", "Version").objects
    for one in versions.order_by("pk").iterator():
        versions.filter(pk=one.pk).update(
            titles_folded=folded(f"{one.title_ro}\n{one.title_en}"),
            summaries_folded=folded(f"{one.summary_ro}\n{one.summary_en}"),
        )


class Migration(migrations.Migration):

    dependencies = [
        ("qa", "0006_searched_names"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
