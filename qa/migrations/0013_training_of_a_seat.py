from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def keep_what_is_known(apps, _schema_editor):
    """Seats taken before keep the training that their person is known to have."""
    member = apps.get_model('qa', 'PanelMember')
    people = apps.get_model('qa', 'User').objects.filter(pk=OuterRef('user'))
    member.objects.filter(undertaking_at__isnull=False).update(
        trained_on=Subquery(people.values('trained_on')[:1])
    )


class Migration(migrations.Migration):

    dependencies = [
        ('qa', '0012_answers_to_points'),
    ]

    operations = [
        migrations.AddField(
            model_name='panelmember',
            name='trained_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunPython(keep_what_is_known, migrations.RunPython.noop),
    ]
