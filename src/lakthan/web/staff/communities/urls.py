"""Addresses of the register of communities."""

from django.urls import path

from lakthan.web.staff.communities import community, history, register

urlpatterns = [
    path("", register.communities, name="communities"),
    path("new/", register.new_community, name="new-community"),
    path("<code:community>/", community.community, name="community"),
    path("<code:community>/projects/", community.projects, name="community-projects"),
    path("<code:community>/history/", history.history, name="community-history"),
]
