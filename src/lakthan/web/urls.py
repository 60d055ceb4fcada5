"""Addresses of the public pages."""

from django.urls import path, register_converter

from lakthan.web import public, reports
from lakthan.web.converters import CodeConverter, FiscalYearConverter, QuarterConverter

register_converter(FiscalYearConverter, "fiscal-year")
register_converter(QuarterConverter, "quarter")
register_converter(CodeConverter, "code")

INDICATOR = "indicators/<code:code>/<fiscal-year:fiscal_year>/"
QUARTER = f"{INDICATOR}quarter-<quarter:quarter>/"

urlpatterns = [
    path("", public.indicator_list, name="indicator-list"),
    path(INDICATOR, public.indicator, name="indicator"),
    path(QUARTER, public.indicator, name="indicator-quarter"),
    path(f"{INDICATOR}report/", reports.report, name="report"),
    path(f"{INDICATOR}report.pdf", reports.report_pdf, name="report-pdf"),
    path(f"{QUARTER}report/", reports.report, name="quarter-report"),
    path(f"{QUARTER}report.pdf", reports.report_pdf, name="quarter-report-pdf"),
    path(f"{QUARTER}districts/<code:district>/", public.district_trace, name="district-trace"),
    path("projects/<uuid:project>/", public.project, name="project"),
]
