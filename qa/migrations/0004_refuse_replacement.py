from django.db import migrations


class Migration(migrations.Migration):
    """From here on SQLite's append-only tables also refuse INSERT OR REPLACE.

    The triggers are made after every migrate; this tells a house that has them already
    from one that is being brought up to date (`qa.checks`).
    """

    dependencies = [
        ('qa', '0003_searched_texts'),
    ]

    operations = []
