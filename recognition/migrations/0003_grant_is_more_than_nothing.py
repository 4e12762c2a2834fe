from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recognition', '0002_courses'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='recognitiondecision',
            name='recognition_decision_grant_is_stated',
        ),
        migrations.RemoveConstraint(
            model_name='recognitiondecision',
            name='recognition_decision_partial_has_credits',
        ),
        migrations.AddConstraint(
            model_name='recognitiondecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['full', 'partial', 'conditional']), _negated=True), models.Q(models.Q(('granted_target', ''), _negated=True), models.Q(models.Q(('ects_granted__gt', 0), ('ects_granted__isnull', False)), models.Q(('ects_granted', None), models.Q(('level_granted', ''), _negated=True)), _connector='OR')), _connector='OR'), name='recognition_decision_grant_is_stated'),
        ),
        migrations.AddConstraint(
            model_name='recognitiondecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'partial'), _negated=True), models.Q(('ects_granted__gt', 0), ('ects_granted__isnull', False)), _connector='OR'), name='recognition_decision_partial_has_credits'),
        ),
    ]
