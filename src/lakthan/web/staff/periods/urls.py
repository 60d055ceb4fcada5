"""Addresses of periods and of the state of their reports, below `work/`."""

from django.urls import path

from lakthan.web.staff.periods import matrix, pages

urlpatterns = [
    path("completeness/", matrix.page, name="report-matrix"),
    path("completeness.xlsx", matrix.export, name="report-matrix-workbook"),
    path("periods/", pages.of_year, name="periods"),
    path("periods/<fiscal-year:fiscal_year>/quarter-<quarter:quarter>/", pages.period, name="period"),
]
