"""Reference data: fields of education, countries, languages, action verbs, letters."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from qa.models.people import in_local_language


class Named(models.Model):
    """A row with a Romanian and an English name."""

    name_ro = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        return in_local_language(self.name_ro, self.name_en)


class IscedField(Named):
    """A field of ISCED-F 2013; codes are strings, leading zeros matter."""

    code = models.CharField(max_length=4, primary_key=True)

    class Meta:
        verbose_name = _("ISCED-F field")
        verbose_name_plural = _("ISCED-F fields")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Country(Named):
    """A country, with its standing under the Lisbon Recognition Convention."""

    alpha2 = models.CharField(max_length=2, primary_key=True)
    alpha3 = models.CharField(max_length=3, unique=True)
    is_lisbon_party = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering: ClassVar = ["name_en"]

    def __str__(self) -> str:
        return self.name


class Language(Named):
    """A language; `alpha3b` is the ISO 639-2/B code that DEQAR takes."""

    code = models.CharField(max_length=2, primary_key=True)
    alpha3b = models.CharField(max_length=3)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering: ClassVar = ["name_en"]

    def __str__(self) -> str:
        return self.name


class ActionVerb(models.Model):
    """A verb that starts a learning outcome; weak ones cannot stand alone."""

    language = models.CharField(max_length=2)
    verb = models.CharField(max_length=60)
    is_weak = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("action verb")
        verbose_name_plural = _("action verbs")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["language", "verb"], name="qa_actionverb_one_per_language"
            ),
        ]

    def __str__(self) -> str:
        return self.verb


class LetterTemplate(models.Model):
    """The fixed words of an official letter in both languages, by the place they take.

    `reports.rows.Wording` names the places; {placeholders} stand for what is told.
    """

    code = models.CharField(max_length=64, unique=True)
    wording_ro = models.JSONField()
    wording_en = models.JSONField()

    class Meta:
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")

    def __str__(self) -> str:
        return self.code
