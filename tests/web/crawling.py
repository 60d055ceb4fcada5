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
from django.utils.translation import override

from lakthan.rules.permissions import FOR_EVERYONE
from tests.web.pages import Page

OF_ONE_ROUTE = {"th": 2, "en": 1}
"""How many addresses of a route are opened in each language: pages of one kind look alike."""
OF_A_PUBLIC_ROUTE = 1
"""And of one that everybody may read: whoever reads it sees the same."""


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
        route, enough = _route(address)
        if opened[route] >= enough:
            continue
        opened[route] += 1
        answer: HttpResponse = client.get(address)  # type: ignore[assignment]
        read_to_end(answer)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        yield Visit(address, route, offered_by, answer.status_code, is_page)
        if is_page and answer.status_code == HTTPStatus.OK:
            fresh = [link for link in links(address, answer.content.decode()) if link not in seen]
            seen.update(fresh)
            waiting.extend((link, address) for link in fresh)


def read_to_end(answer: HttpResponseBase) -> int:
    """The status of an answer; a file that it sends is closed by reading it to its end."""
    b"".join(getattr(answer, "streaming_content", ()))
    return answer.status_code


def links(here: str, html: str) -> Iterator[str]:
    """Addresses of this site that the page links to, without the part after the hash."""
    for element in Page(html).tags("a"):
        href = element.attributes.get("href")
        if href is None:
            continue
        there = urlsplit(urljoin(f"http://testserver{here}", href))
        if there.netloc == "testserver" and there.scheme == "http":
            yield f"{there.path}?{there.query}" if there.query else there.path


def _route(address: str) -> tuple[str, int]:
    """The name of the route of an address with its language, and how many addresses of it are enough."""
    path = urlsplit(address).path
    language = "en" if path.startswith("/en/") else "th"
    try:
        with override(language):  # the addresses of one language alone can be resolved at a time
            found = resolve(path)
    except Resolver404:
        return path, 1
    public = found.func.action in FOR_EVERYONE
    return f"{language} {found.view_name}", OF_A_PUBLIC_ROUTE if public else OF_ONE_ROUTE[language]
