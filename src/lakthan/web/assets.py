"""Which files of the third-party packages are served: those that a page asks for."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class Assets(StaticFilesConfig):
    """Static files without the variants of Bootstrap and Sarabun that no page uses, so that a build takes a second.

    Nor are the scripts of allauth built that our pages do without.
    """

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap-*",
        "bootstrap.css*",
        "bootstrap.rtl*",
        "sarabun-*-italic.*",
        "sarabun-vietnamese-*",
        "sarabun-latin-ext-*",
        "sarabun-*-[123578]00-*",
        "*.woff",
        "recovery_codes.js",
        "account.js",
    ]
