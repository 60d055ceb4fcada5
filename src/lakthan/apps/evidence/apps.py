"""The Django app `evidence`."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Files that prove something, by digest."""

    name = "lakthan.apps.evidence"
    label = "evidence"
