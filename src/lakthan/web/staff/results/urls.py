"""Addresses of decisions, agreements, scores and requests, below `work/`."""

from django.urls import path

from lakthan.web.staff.results import decisions

urlpatterns = [
    path("decisions/", decisions.decision_rows, name="decisions"),
    path("decisions/choose/", decisions.choose, name="decisions-choose"),
    path("decisions/take/", decisions.take, name="decisions-take"),
]
