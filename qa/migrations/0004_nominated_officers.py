import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('qa', '0003_resubmission_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='NominatedOfficer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='qa.decision')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'nominated officer',
                'verbose_name_plural': 'nominated officers',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'user'), name='qa_nominatedofficer_once_per_act')],
            },
        ),
    ]
