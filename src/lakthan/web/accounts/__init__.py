"""Signing in: django-allauth in our pages, our words and our ledger."""
