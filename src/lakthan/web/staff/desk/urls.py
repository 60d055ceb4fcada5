"""Addresses of the desk, below `desk/`."""

from django.urls import path

from lakthan.web.staff.desk import assign, copying, definition, indicator, overview

urlpatterns = [
    path("", overview.overview, name="indicator-desk"),
    path("copy/", copying.copy, name="desk-copy"),
    path("new/", definition.create, name="desk-create"),
    path("<code:code>/", indicator.indicator, name="desk-indicator"),
    path("<code:code>/definition/", definition.edit, name="desk-edit"),
    path("<code:code>/versions/", indicator.versions, name="desk-versions"),
    path("<code:code>/assign/", assign.assign, name="desk-assign"),
    path("<code:code>/assign/workbook.xlsx", assign.workbook, name="desk-workbook"),
    path("<code:code>/assign/workbook/", assign.upload, name="desk-upload"),
]
