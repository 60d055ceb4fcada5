"""Lakthan (หลักฐาน, "evidence"): performance reporting for cities, computed from records."""

from importlib.metadata import version

__version__ = version("lakthan")
