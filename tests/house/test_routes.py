"""Every route: what it is for, and a strict policy of content on every answer."""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lakthan.rules.permissions import FOR_EVERYONE, Action

SAMPLES = {
    "code": "2100-0001",
    "fiscal_year": "2563",
    "quarter": "3",
    "secret": "A" * 43,
    "district": "5001",
    "decision": "00000000-0000-7000-8000-000000000000",
    "plan": "00000000-0000-7000-8000-000000000000",
    "proposal": "00000000-0000-7000-8000-000000000000",
    "community": "5026-0001",
    "project": "00000000-0000-7000-8000-000000000000",
    "appeal": "00000000-0000-7000-8000-000000000000",
    "agency": "00000000-0000-7000-8000-000000000000",
    "file": "00000000-0000-7000-8000-000000000000",
    "request_id": "00000000-0000-7000-8000-000000000000",
    "transfer": "00000000-0000-7000-8000-000000000000",
    "letter": "00000000-0000-7000-8000-000000000000",
    "line": "00000000-0000-7000-8000-000000000000",
    "intention": "00000000-0000-7000-8000-000000000000",
    "unit_id": "00000000-0000-7000-8000-000000000000",
    "meeting": "00000000-0000-7000-8000-000000000000",
    "upload_id": "00000000-0000-7000-8000-000000000000",
    "table": "communities",
    "pk": "1",
    "version": "phase2_2561-2565",
    "node": "00000000-0000-7000-8000-000000000000",
}
"""A value for each part of an address; an address of a new part needs one here."""

POLICY = {
    "default-src 'none'",
    "base-uri 'none'",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "script-src 'self'",
    "style-src 'self'",
    "worker-src 'self'",
}


def _routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        else:
            yield route, pattern


ROUTES = list(_routes(get_resolver()))


def address_of(route: str, pattern: URLPattern) -> str:
    """An address of a route, with the samples."""
    for name, converter in pattern.pattern.converters.items():
        assert name in SAMPLES, f"{route}: add a sample for <{name}> to SAMPLES"
        spelled = next(key for key in route.split("<") if key.endswith(f":{name}>") or f":{name}>" in key)
        route = route.replace(f"<{spelled.partition('>')[0]}>", converter.to_url(SAMPLES[name]))
    return f"/{route}"


@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=[route or "/" for route, _ in ROUTES])
def test_every_route_states_its_action(route: str, pattern: URLPattern) -> None:
    assert isinstance(getattr(pattern.callback, "action", None), Action), (
        f"/{route}: add @performs(Action....) to {pattern.callback.__module__}.{pattern.callback.__qualname__}"
    )


@pytest.mark.one_database  # headers are not the database's
@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=[route or "/" for route, _ in ROUTES])
def test_every_answer_carries_the_strict_policy(
    demo_city: None, client: Client, route: str, pattern: URLPattern
) -> None:
    address = address_of(route, pattern)
    answer = client.get(address)
    if pattern.callback.action in FOR_EVERYONE - {Action.USE_ACCOUNT}:
        assert answer.status_code in (HTTPStatus.OK, HTTPStatus.NOT_FOUND), address
    else:
        assert answer.status_code in (HTTPStatus.OK, HTTPStatus.FOUND), address
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.parametrize(
    "address", ["/no-such-page", "/en/no-such-page", "/indicators/2100-0001/2020/", "/static/no-such-file"]
)
def test_an_error_carries_the_strict_policy_too(demo_city: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY


def test_no_app_of_django_adds_routes_of_its_own() -> None:
    assert not apps.is_installed("django.contrib.admin")
