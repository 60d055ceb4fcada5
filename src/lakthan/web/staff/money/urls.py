"""Addresses of money, below `money/`."""

from django.urls import path

from lakthan.web.staff.money import overview, register

DISTRICT = "<code:district>/"

urlpatterns = [
    path("", overview.overview, name="money"),
    path("districts.xlsx", overview.overview_workbook, name="money-workbook"),
    path(DISTRICT, register.register, name="district-money"),
    path(f"{DISTRICT}register.xlsx", register.register_workbook, name="district-money-workbook"),
]
