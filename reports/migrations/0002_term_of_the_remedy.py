from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('qa', '0002_tables'),
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='issuedletter',
            name='notified_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='issuedletter',
            name='remedy_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='issuedletter',
            constraint=models.CheckConstraint(condition=models.Q(('remedy_until', None), ('remedy_until__gt', models.F('notified_on')), _connector='OR'), name='reports_issuedletter_term_after_its_notice'),
        ),
    ]
