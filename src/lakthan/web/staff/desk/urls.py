"""Addresses of the desk, below `desk/`."""

from django.urls import path

from lakthan.web.staff.desk import definition, indicator, overview

urlpatterns = [
    path("", overview.overview, name="indicator-desk"),
    path("new/", definition.create, name="desk-create"),
    path("<code:code>/", indicator.indicator, name="desk-indicator"),
    path("<code:code>/definition/", definition.edit, name="desk-edit"),
    path("<code:code>/versions/", indicator.versions, name="desk-versions"),
]
