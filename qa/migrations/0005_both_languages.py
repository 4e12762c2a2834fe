from django.db import migrations, models

from qa import triggers

# What a letter of decision says and was written in one language only.
TEXTS = (
    ('decision', 'departure_reasons', True),
    ('condition', 'evidence_required', False),
    ('accreditation', 'transfer_options', True),
)


def copy(apps, schema_editor):
    """Both languages say what stood there; decisions refuse any other change."""
    using = schema_editor.connection.alias
    triggers.lift(using)
    for model, name, _blank in TEXTS:
        rows = apps.get_model('qa', model).objects.using(using)
        rows.update(**{f'{name}_en': models.F(f'{name}_ro')})
    triggers.install(using)
    # PostgreSQL alters no table while a deferred check of what was copied is pending.
    schema_editor.connection.check_constraints()


def in_both_languages(model, name, blank):
    """The text becomes the Romanian one, and an English one stands beside it."""
    return (
        migrations.RenameField(model, name, f'{name}_ro'),
        migrations.AddField(
            model,
            f'{name}_en',
            models.TextField(blank=blank, default=''),
            preserve_default=False,
        ),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('qa', '0004_refuse_replacement'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='decision',
            name='qa_decision_departure_was_heard',
        ),
        migrations.RemoveConstraint(
            model_name='accreditation',
            name='qa_accreditation_withdrawn_has_plan',
        ),
        *(step for text in TEXTS for step in in_both_languages(*text)),
        migrations.RunPython(copy, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='accreditation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), _negated=True), models.Q(('last_assessment_on__isnull', False), ('last_enrolment_on__isnull', False), ('withdrawal__isnull', False), models.Q(('teach_out_contact', ''), _negated=True), models.Q(('transfer_options_ro', ''), _negated=True), models.Q(('transfer_options_en', ''), _negated=True)), _connector='OR'), name='qa_accreditation_withdrawn_has_plan'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('departs_from_proposal', False), ('is_carried', False), models.Q(('hearing_on__isnull', False), models.Q(('departure_reasons_ro', ''), _negated=True), models.Q(('departure_reasons_en', ''), _negated=True)), _connector='OR'), name='qa_decision_departure_was_heard'),
        ),
    ]
