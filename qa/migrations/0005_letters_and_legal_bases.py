from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("qa", "0004_votes_and_returns")]

    operations = [
        migrations.RemoveField(model_name="lettertemplate", name="body_en"),
        migrations.RemoveField(model_name="lettertemplate", name="body_ro"),
        migrations.RemoveField(model_name="lettertemplate", name="subject_en"),
        migrations.RemoveField(model_name="lettertemplate", name="subject_ro"),
        migrations.AddField(
            model_name="lettertemplate",
            name="wording_en",
            field=models.JSONField(default=dict),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="lettertemplate",
            name="wording_ro",
            field=models.JSONField(default=dict),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="ruleset",
            name="legal_bases",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="version",
            name="registry_number",
            field=models.CharField(blank=True, max_length=32),
        ),
    ]
