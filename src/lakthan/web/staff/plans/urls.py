"""Addresses of plans of communities."""

from django.urls import path

from lakthan.web.staff.plans import adopted, papers, preparing, register

PLAN = "communities/<code:community>/plans/<uuid:plan>/"

urlpatterns = [
    path("my-community/", register.my_community, name="my-community"),
    path("community-plans/", register.community_plans, name="community-plans"),
    path("community-plans/begin/<code:community>/", preparing.begin, name="begin-plan"),
    path("community-plans/<uuid:proposal>/", preparing.proposal, name="plan-proposal"),
    path("community-plans/<uuid:proposal>/working-text/", preparing.working_text, name="plan-working-text"),
    path("community-plans/<uuid:proposal>/plan.pdf", papers.proposal_pdf, name="plan-proposal-pdf"),
    path("community-plans/<code:community>/sheet.pdf", papers.sheet_pdf, name="plan-sheet"),
    path(PLAN, adopted.community_plan, name="community-plan"),
    path(f"{PLAN}plan.pdf", papers.plan_pdf, name="community-plan-pdf"),
    path(f"{PLAN}files/<uuid:file>/", adopted.file, name="community-plan-file"),
]
