"""Addresses of the table of decisions and of action plans."""

from django.urls import path

from lakthan.web.staff.inclusions import action_plans, correcting, deciding, papers, table

PLAN = "action-plans/<code:district>/<fiscal-year:fiscal_year>/"

urlpatterns = [
    path("project-decisions/", table.project_decisions, name="project-decisions"),
    path("project-decisions/decide/", deciding.decide, name="decide-projects"),
    path("project-decisions/<uuid:decision>/withdraw/", correcting.withdraw, name="withdraw-decision"),
    path("project-decisions/<uuid:decision>/correct/", correcting.correct, name="correct-decision"),
    path("action-plans/", action_plans.overview, name="action-plans"),
    path("action-plans/open/", action_plans.open_plan, name="open-action-plan"),
    path(PLAN, action_plans.action_plan, name="action-plan"),
    path(f"{PLAN}confirm/", action_plans.confirm, name="confirm-action-plan"),
    path(f"{PLAN}register.xlsx", action_plans.register_workbook, name="action-plan-workbook"),
    path(f"{PLAN}register.pdf", papers.register_pdf, name="action-plan-pdf"),
    path(f"{PLAN}memo.pdf", papers.memo_pdf, name="action-plan-memo"),
    path(f"{PLAN}memo.docx", papers.memo_docx, name="action-plan-memo-docx"),
]
