"""Addresses of workbooks and uploads."""

from django.urls import path

from lakthan.web.staff.uploads import sending, taking

urlpatterns = [
    path("uploads/", sending.uploads, name="uploads"),
    path("uploads/<uuid:upload_id>/", sending.upload, name="upload"),
    path("workbooks/<slug:table>.xlsx", taking.workbook, name="kind-workbook"),
]
