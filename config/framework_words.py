"""Sentences of the framework that our Romanian catalogue says better than its own.

Theirs are written with cedillas; named here, they stand in ours, which is asked first.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("Ensure this value is %(limit_value)s (it is %(show_value)s)."),
    _("Enter a number."),
    _("Enter a whole number."),
    _("Enter a valid URL."),
    _("Please either submit a file or check the clear checkbox, not both."),
)
