import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('qa', '0011_evidence_in_both_languages'),
    ]

    operations = [
        migrations.RenameField(
            model_name='procedure',
            old_name='answers_to_points',
            new_name='answer_to_decision',
        ),
        migrations.AlterField(
            model_name='procedure',
            name='answer_to_decision',
            field=models.TextField(blank=True, verbose_name='answer to the decision'),
        ),
        migrations.CreateModel(
            name='PointAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.TextField()),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qa.reportpoint')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='point_answers', to='qa.procedure')),
            ],
            options={
                'verbose_name': 'answer to a point',
                'verbose_name_plural': 'answers to points',
                'ordering': ['point__kind', 'point__pk'],
                'constraints': [
                    models.UniqueConstraint(fields=('procedure', 'point'), name='qa_pointanswer_one_per_point'),
                    models.CheckConstraint(condition=models.Q(('answer', ''), _negated=True), name='qa_pointanswer_is_given'),
                ],
            },
        ),
    ]
