from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('qa', '0010_votes_needed'),
    ]

    operations = [
        migrations.RenameField(
            model_name='reportpoint',
            old_name='evidence_required',
            new_name='evidence_required_ro',
        ),
        migrations.AddField(
            model_name='reportpoint',
            name='evidence_required_en',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
    ]
