"""What one person can reach in the served pages by clicking links alone."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from tests.web.pages import Page

OF_ONE_ROUTE = 2
"""How many addresses of a route are opened: pages of one kind look alike."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An answer, and the page that offered the link to it."""

    address: str
    route: str
    offered_by: str
    status: int
    is_page: bool


def crawl(client: Client, start: str) -> Iterator[Visit]:
    """Open `start` and every page that it leads to, some addresses of each route."""
    opened: Counter[str] = Counter()
    seen, waiting = {start}, deque([(start, "")])
    while waiting:
        address, offered_by = waiting.popleft()
        route = _route(address)
        if opened[route] == OF_ONE_ROUTE:
            continue
        opened[route] += 1
        answer: HttpResponse = client.get(address)  # type: ignore[assignment]
        read_to_end(answer)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        yield Visit(address, route, offered_by, answer.status_code, is_page)
        if is_page and answer.status_code == HTTPStatus.OK:
            fresh = [link for link in _links(address, answer.content.decode()) if link not in seen]
            seen.update(fresh)
            waiting.extend((link, address) for link in fresh)


def read_to_end(answer: HttpResponseBase) -> int:
    """The status of an answer; a file that it sends is closed by reading it to its end."""
    b"".join(getattr(answer, "streaming_content", ()))
    return answer.status_code


def _links(here: str, html: str) -> Iterator[str]:
    """Addresses of this site that the page links to, without the part after the hash."""
    for element in Page(html).tags("a"):
        href = element.attributes.get("href")
        if href is None:
            continue
        there = urlsplit(urljoin(f"http://testserver{here}", href))
        if there.netloc == "testserver" and there.scheme == "http":
            yield f"{there.path}?{there.query}" if there.query else there.path


def _route(address: str) -> str:
    path = urlsplit(address).path
    try:
        found = resolve(path)
    except Resolver404:
        return path
    return f"/en {found.view_name}" if path.startswith("/en/") else str(found.view_name)
