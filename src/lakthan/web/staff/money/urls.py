"""Addresses of money, below `money/`."""

from django.urls import path

from lakthan.apps.budget.register import LineKind
from lakthan.web.staff.money import entering, letters, movements, overview, register, transferring

DISTRICT = "<code:district>/"
TRANSFER = f"{DISTRICT}transfers/<uuid:transfer>/"
LINE = "<uuid:line>/reverse/"
OBLIGATION, PAYMENT, RETURN = ({"kind": kind} for kind in (LineKind.OBLIGATION, LineKind.DISBURSEMENT, LineKind.RETURN))

urlpatterns = [
    path("", overview.overview, name="money"),
    path("districts.xlsx", overview.overview_workbook, name="money-workbook"),
    path("movements/", movements.movements, name="money-movements"),
    path("movements.xlsx", movements.movements_workbook, name="money-movements-workbook"),
    path("movements.csv", movements.movements_csv, name="money-movements-csv"),
    path("letters/new/", transferring.new_letter, name="new-transfer-letter"),
    path("letters/<uuid:letter>/", transferring.letter, name="transfer-letter"),
    path("letters/<uuid:letter>/districts.xlsx", transferring.letter_workbook, name="transfer-letter-workbook"),
    path("letters/<uuid:letter>/letter.pdf", letters.letter_with_list, name="transfer-letter-pdf"),
    path("letters/<uuid:letter>/letters.pdf", letters.letters_to_districts, name="transfer-letters-pdf"),
    path("letters/<uuid:letter>/take-back/", transferring.take_back, name="take-back-transfers"),
    path("year-end/", transferring.year_end, name="year-end"),
    path(DISTRICT, register.register, name="district-money"),
    path(f"{DISTRICT}register.xlsx", register.register_workbook, name="district-money-workbook"),
    path(f"{TRANSFER}obligations/new/", entering.new_line, OBLIGATION, name="new-obligation"),
    path(f"{TRANSFER}payments/new/", entering.new_line, PAYMENT, name="new-payment"),
    path(f"{TRANSFER}returns/new/", entering.new_line, RETURN, name="new-return"),
    path(f"{TRANSFER}intentions/new/", entering.new_intention, name="new-intention"),
    path(f"{DISTRICT}obligations/{LINE}", entering.reverse_line, OBLIGATION, name="reverse-obligation"),
    path(f"{DISTRICT}payments/{LINE}", entering.reverse_line, PAYMENT, name="reverse-payment"),
    path(f"{DISTRICT}returns/{LINE}", entering.reverse_line, RETURN, name="reverse-return"),
    path(f"{DISTRICT}intentions/<uuid:intention>/end/", entering.end_intention, name="end-intention"),
]
