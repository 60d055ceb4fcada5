"""Addresses of decisions, agreements, scores and requests, below `work/`."""

from django.urls import path

from lakthan.web.staff.results import agreements, appeals, decisions, scores, summary

urlpatterns = [
    path("decisions/", decisions.decision_rows, name="decisions"),
    path("decisions/choose/", decisions.choose, name="decisions-choose"),
    path("decisions/take/", decisions.take, name="decisions-take"),
    path("appeals/", appeals.appeal_rows, name="appeals"),
    path("appeals/ask/", appeals.ask_for, name="appeal-ask"),
    path("appeals/<uuid:appeal>/", appeals.one, name="appeal"),
    path("summary/", summary.summary, name="summary"),
    path("agencies/", scores.agencies, name="agencies"),
    path("agencies/<uuid:agency>/<fiscal-year:fiscal_year>/", scores.score, name="agency-score"),
    path("agencies/<uuid:agency>/<fiscal-year:fiscal_year>/agreement/", agreements.agreement, name="agreement"),
]
