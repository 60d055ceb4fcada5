"""Words of requests for data."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lakthan.rules.data_requests import AnswerForm, FieldType, Standing

FORMS: Mapping[AnswerForm, Promise] = {
    AnswerForm.TEXT: _("In words"),
    AnswerForm.VALUES: _("Values: one for each field"),
    AnswerForm.WORKBOOK: _("A workbook: a table with the fields as columns"),
}
TYPES: Mapping[FieldType, Promise] = {
    FieldType.INTEGER: _("Whole number"),
    FieldType.DECIMAL: _("Number with decimals"),
    FieldType.YES_NO: pgettext_lazy("type of a field", "Yes or no"),
    FieldType.DATE: _("Date"),
    FieldType.CHOICE: _("Choice"),
    FieldType.TEXT: _("Text"),
}
STANDINGS: Mapping[Standing, Promise] = {
    Standing.ANSWERED: _("Answered"),
    Standing.NIL: _("Nil confirmed"),
    Standing.WAITING: _("Not answered yet"),
    Standing.LATE: _("Overdue, not answered"),
}
