from django.db import migrations, models

from qa import triggers


def line(words):
    return models.CharField(
        words, max_length=240, blank=True, default=''
    )


def text(words):
    return models.TextField(words, blank=True, default='')


def needed(words):
    return models.TextField(words, default='')


# What a letter of decision says and was written in one language only.
TERMS = (
    ('granted_target', line, 'recognised as, towards,'),
    ('alternative_target', line, 'recognised instead for,'),
    ('bridging_offer', text, 'bridging offer'),
    ('essential_requirement', text, 'essential requirement that is not covered,'),
    ('evidence', text, 'evidence of the difference,'),
    ('alternatives_considered', text, 'why no other outcome is possible,'),
)
TEXTS = (
    *(('proposal', *term) for term in TERMS),
    *(('recognitiondecision', *term) for term in TERMS),
    ('recognitiondecision', 'departure_reasons', text, 'why it departs,'),
    ('proposedcomponent', 'counts_as', line, 'counts as,'),
    ('acceptedcomponent', 'counts_as', line, 'counts as,'),
    ('proposedcondition', 'evidence_required', needed, 'evidence required,'),
)


def copy(apps, schema_editor):
    """Both languages say what stood there; decisions refuse any other change."""
    using = schema_editor.connection.alias
    triggers.lift(using)
    for model, name, _field, _words in TEXTS:
        rows = apps.get_model('recognition', model).objects.using(using)
        rows.update(**{f'{name}_en': models.F(f'{name}_ro')})
    triggers.install(using)
    # PostgreSQL alters no table while a deferred check of what was copied is pending.
    schema_editor.connection.check_constraints()


def in_both_languages(model, name, field, words):
    """The text becomes the Romanian one, and an English one stands beside it."""
    return (
        migrations.RenameField(model, name, f'{name}_ro'),
        migrations.AlterField(
            model, f'{name}_ro', field(f'{words} in Romanian'), preserve_default=False
        ),
        migrations.AddField(
            model, f'{name}_en', field(f'{words} in English'), preserve_default=False
        ),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('qa', '0005_both_languages'),
        ('recognition', '0003_grant_is_more_than_nothing'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='proposal',
            name='recognition_proposal_refusal_is_demonstrated',
        ),
        *(
            migrations.RemoveConstraint(
                model_name='recognitiondecision',
                name=f'recognition_decision_{name}',
            )
            for name in (
                'refusal_is_demonstrated',
                'grant_is_stated',
                'alternative_is_named',
                'departure_has_reasons',
            )
        ),
        *(step for one in TEXTS for step in in_both_languages(*one)),
        migrations.RunPython(copy, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='acceptedcomponent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counts_as_en', ''), ('counts_as_ro', '')), models.Q(('counts_as_en__regex', '\\S'), ('counts_as_ro__regex', '\\S')), _connector='OR'), name='recognition_acceptedcomponent_counts_in_both_languages'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(('alternatives_considered_en__regex', '\\S'), ('alternatives_considered_ro__regex', '\\S'), ('essential_requirement_en__regex', '\\S'), ('essential_requirement_ro__regex', '\\S'), ('evidence_en__regex', '\\S'), ('evidence_ro__regex', '\\S')), _connector='OR'), name='recognition_proposal_refusal_is_demonstrated'),
        ),
        migrations.AddConstraint(
            model_name='recognitiondecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(('is_as_requested', False), ('alternatives_considered_en__regex', '\\S'), ('alternatives_considered_ro__regex', '\\S'), ('essential_requirement_en__regex', '\\S'), ('essential_requirement_ro__regex', '\\S'), ('evidence_en__regex', '\\S'), ('evidence_ro__regex', '\\S')), _connector='OR'), name='recognition_decision_refusal_is_demonstrated'),
        ),
        migrations.AddConstraint(
            model_name='recognitiondecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['full', 'partial', 'conditional']), _negated=True), models.Q(models.Q(('granted_target_ro', ''), _negated=True), models.Q(('granted_target_en', ''), _negated=True), models.Q(models.Q(('ects_granted__gt', 0), ('ects_granted__isnull', False)), models.Q(('ects_granted', None), models.Q(('level_granted', ''), _negated=True)), _connector='OR')), _connector='OR'), name='recognition_decision_grant_is_stated'),
        ),
        migrations.AddConstraint(
            model_name='recognitiondecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'alternative'), _negated=True), models.Q(('alternative_target_en__regex', '\\S'), ('alternative_target_ro__regex', '\\S'), ('bridging_offer_en__regex', '\\S'), ('bridging_offer_ro__regex', '\\S')), _connector='OR'), name='recognition_decision_alternative_is_named'),
        ),
        migrations.AddConstraint(
            model_name='recognitiondecision',
            constraint=models.CheckConstraint(condition=models.Q(('departs_from_proposal', False), models.Q(('departure_reasons_en__regex', '\\S'), ('departure_reasons_ro__regex', '\\S')), _connector='OR'), name='recognition_decision_departure_has_reasons'),
        ),
    ]
