"""Addresses of the public pages."""

from django.urls import path, register_converter

from lakthan.web import public
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
    path(f"{QUARTER}districts/<code:district>/", public.district_trace, name="district-trace"),
    path("projects/<uuid:project>/", public.project, name="project"),
]
