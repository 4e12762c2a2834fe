"""Names and titles as they are searched, for rows that are there."""

from django.db import migrations

from qa.folded import folded


SEARCHED = {
    "User": {"name_folded": ("title", "given_name", "family_name")},
    "Institution": {"name_folded": ("name_ro", "name_en")},
    "Version": {
        "titles_folded": ("title_ro", "title_en"),
        "summaries_folded": ("summary_ro", "summary_en"),
    },
}


def fill(apps, schema_editor):
    for name, searched in SEARCHED.items():
        rows = apps.get_model("qa", name).objects
        for row in rows.order_by("pk").iterator():
            texts = {
                kept: folded("\n".join(filter(None, (getattr(row, f) for f in fields))))
                for kept, fields in searched.items()
            }
            rows.filter(pk=row.pk).update(**texts)


class Migration(migrations.Migration):

    dependencies = [
        ("qa", "0006_searched_names"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
