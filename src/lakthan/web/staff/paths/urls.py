"""Addresses of projects' paths and of letters to communities."""

from django.urls import path

from lakthan.web.staff.paths import letters, own, path_page

OWN = "my-community/projects/"

urlpatterns = [
    path("project-paths/<uuid:project>/", path_page.path_page, name="project-path"),
    path("project-paths/<uuid:project>/files/<uuid:file>/", path_page.path_file, name="project-path-file"),
    path("project-letters/", letters.letters, name="project-letters"),
    path("project-letters/letters.pdf", letters.letters_pdf, name="project-letters-pdf"),
    path(OWN, own.projects, name="my-community-projects"),
    path(f"{OWN}<uuid:project>/", own.project, name="my-community-project"),
    path(f"{OWN}<uuid:project>/files/<uuid:file>/", own.file, name="my-community-project-file"),
]
