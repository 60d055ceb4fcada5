"""Addresses of requests for data, below `work/requests/`."""

from django.urls import path

from lakthan.web.staff.requests import answering, asking

ONE = "<uuid:request_id>/"
ANSWER = f"{ONE}answers/<uuid:unit_id>/"

urlpatterns = [
    path("", asking.requests, name="data-requests"),
    path("new/", asking.new_request, name="new-data-request"),
    path(ONE, asking.one_request, name="data-request"),
    path(f"{ONE}answers.xlsx", asking.answers_workbook, name="data-request-workbook"),
    path(ANSWER, answering.answer, name="data-request-answer"),
    path(f"{ANSWER}template.xlsx", answering.template_workbook, name="data-request-template"),
]
