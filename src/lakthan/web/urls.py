"""Addresses of the public pages, and of those of officers below `work/`."""

from django.urls import include, path, register_converter

from lakthan.web import public, reports
from lakthan.web.converters import CodeConverter, FiscalYearConverter, QuarterConverter, SecretConverter
from lakthan.web.staff import calendar, my_work, report_form, report_life, report_list, review, review_queue
from lakthan.web.staff.requests import feeding

register_converter(FiscalYearConverter, "fiscal-year")
register_converter(QuarterConverter, "quarter")
register_converter(CodeConverter, "code")
register_converter(SecretConverter, "secret")

INDICATOR = "indicators/<code:code>/<fiscal-year:fiscal_year>/"
QUARTER = f"{INDICATOR}quarter-<quarter:quarter>/"
WORK_ON_YEAR = "work/<code:code>/<fiscal-year:fiscal_year>/year/"
WORK_ON_QUARTER = "work/<code:code>/<fiscal-year:fiscal_year>/quarter-<quarter:quarter>/"

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
    path("work/", my_work.my_work, name="my-work"),
    path("work/calendar/", calendar.address, name="calendar"),
    path("calendar/<secret:secret>.ics", calendar.feed, name="calendar-feed"),
    path("reviews/", review_queue.queue, name="review-queue"),
    path("communities/", include("lakthan.web.staff.communities.urls")),
    path("work/requests/", include("lakthan.web.staff.requests.urls")),
    path("work/reports/", report_list.report_list, name="report-list"),
    path("work/reports.xlsx", report_list.report_workbook, name="report-workbook"),
    path("work/", include("lakthan.web.staff.results.urls")),
    path("work/", include("lakthan.web.staff.periods.urls")),
    path("", include("lakthan.web.staff.paths.urls")),
    path("money/", include("lakthan.web.staff.money.urls")),
    path("", include("lakthan.web.staff.uploads.urls")),
    path("meetings/", include("lakthan.web.staff.meetings.urls")),
    path("", include("lakthan.web.staff.inclusions.urls")),
    path("", include("lakthan.web.staff.plans.urls")),
    path("desk/", include("lakthan.web.staff.desk.urls")),
    path("city-plan/", include("lakthan.web.staff.desk.plan_urls")),
    path(WORK_ON_YEAR, report_life.life, name="work-year"),
    path(f"{WORK_ON_YEAR}contents/", report_form.contents, name="work-year-contents"),
    path(f"{WORK_ON_YEAR}files/<uuid:file>/", report_form.file, name="work-year-file"),
    path(f"{WORK_ON_YEAR}working-text/", report_form.working_text, name="work-year-working-text"),
    path(f"{WORK_ON_YEAR}preview/", report_form.preview, name="work-year-preview"),
    path(f"{WORK_ON_YEAR}paper/", report_life.paper, name="work-year-paper"),
    path(f"{WORK_ON_YEAR}review/", review.review, name="work-year-review"),
    path(f"{WORK_ON_YEAR}review/files/<uuid:file>/", review.shown_file, name="work-year-shown-file"),
    path(WORK_ON_QUARTER, report_life.life, name="work-quarter"),
    path(f"{WORK_ON_QUARTER}nothing/", report_life.confirm_nil, name="work-quarter-nothing"),
    path(f"{WORK_ON_QUARTER}contents/", report_form.contents, name="work-quarter-contents"),
    path(f"{WORK_ON_QUARTER}files/<uuid:file>/", report_form.file, name="work-quarter-file"),
    path(f"{WORK_ON_QUARTER}working-text/", report_form.working_text, name="work-quarter-working-text"),
    path(f"{WORK_ON_QUARTER}preview/", report_form.preview, name="work-quarter-preview"),
    path(f"{WORK_ON_QUARTER}requests/<uuid:request_id>/", feeding.take_over, name="work-quarter-take-over"),
    path(f"{WORK_ON_QUARTER}paper/", report_life.paper, name="work-quarter-paper"),
    path(f"{WORK_ON_QUARTER}review/", review.review, name="work-quarter-review"),
    path(f"{WORK_ON_QUARTER}review/files/<uuid:file>/", review.shown_file, name="work-quarter-shown-file"),
]
