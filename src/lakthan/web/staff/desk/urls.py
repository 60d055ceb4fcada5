"""Addresses of the desk, below `desk/`."""

from django.urls import path

from lakthan.web.staff.desk import overview

urlpatterns = [
    path("", overview.overview, name="indicator-desk"),
]
