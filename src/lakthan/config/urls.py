"""All addresses. Pages stand at / in Thai and at /en/ in English; what machines read has one address."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from lakthan.web import errors, machines
from lakthan.web.accounts.urls import provider_patterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", machines.healthz, name="healthz"),
    path("robots.txt", machines.robots, name="robots"),
    *provider_patterns,
    *i18n_patterns(
        path("", include("lakthan.web.urls")),
        path("", include("lakthan.web.accounts.urls")),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
