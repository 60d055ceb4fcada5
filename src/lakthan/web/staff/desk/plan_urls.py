"""Addresses of the city's plan, below `city-plan/`."""

from django.urls import path

from lakthan.web.staff.desk import plan

urlpatterns = [
    path("", plan.tree, name="city-plan"),
    path("<slug:version>/", plan.tree, name="plan-version"),
    path("<slug:version>/new-node/", plan.new_node, name="plan-new-node"),
    path("<slug:version>/new-version/", plan.new_version, name="plan-new-version"),
    path("<slug:version>/<uuid:node>/", plan.node, name="plan-node"),
]
