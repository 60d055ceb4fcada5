"""What went wrong is said in the design and the language of the other pages, under the same policy of content."""

from http import HTTPStatus
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from lakthan.apps.people import selectors as people
from lakthan.apps.people.models import User
from lakthan.apps.reporting import selectors as reporting
from lakthan.core.errors import UserError
from lakthan.rules.permissions import Refused
from lakthan.web import actions, machines, public
from tests.web.pages import INDICATOR, Page, in_both_languages, in_language

PAPERS = [f"{INDICATOR}report/", f"{INDICATOR}quarter-3/report.pdf"]
pytestmark = pytest.mark.usefixtures("demo_city")


def _policy_is_strict(answer: Any) -> bool:
    policy = answer["Content-Security-Policy"]
    return "default-src 'none'" in policy and "unsafe" not in policy


@pytest.fixture
def patient_client() -> Client:
    """A client that shows the 500 page where a test client would raise."""
    return Client(raise_request_exception=False)


@in_both_languages
@pytest.mark.parametrize(
    "address",
    [
        "/no-such-page",
        "/?fiscal-year=2020",
        "/?fiscal-year=next",
        "/indicators/9999-0001/2563/",
        "/indicators/2100-0001/2570/",
        "/indicators/2100-0001/2020/",
        f"{INDICATOR}quarter-5/",
        f"{INDICATOR}quarter-0/",
        f"{INDICATOR}quarter-4/districts/9999/",
        "/indicators/2100-0005/2563/quarter-4/districts/5001/",
        "/projects/00000000-0000-7000-8000-000000000000/",
        "/projects/7/",
        "/indicators/2100-0002/2563/report/",
        "/indicators/2100-0002/2563/report.pdf",
        "/indicators/2100-0002/2563/quarter-1/report/",
        "/indicators/9999-0001/2563/report/",
        "/indicators/2100-0001/2570/report.pdf",
        "/indicators/2100-0001/2020/report/",
        f"{INDICATOR}quarter-5/report/",
        f"{INDICATOR}quarter-5/report.pdf",
    ],
)
def test_what_is_not_there_is_answered_with_a_page_of_our_own(client: Client, address: str, language: str) -> None:
    answer = client.get(in_language(address, language))
    page = Page(answer.content.decode())
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert page.tags("html")[0].attributes["lang"] == language
    assert len(page.tags("h1")) == 1
    assert page.values("style") == []
    assert _policy_is_strict(answer)


@pytest.mark.parametrize(
    ("address", "said_th", "said_en"),
    [
        ("/indicators/9999-0001/2563/", "ไม่พบตัวชี้วัดรหัส 9999-0001", "no indicator with the code 9999-0001"),
        ("/?fiscal-year=2020", "ปีที่มีคือ 2563", "the years that have some are 2563"),
        (f"{INDICATOR}quarter-4/districts/9999/", "9999", "9999"),
    ],
)
def test_the_page_names_what_was_not_found(client: Client, address: str, said_th: str, said_en: str) -> None:
    assert said_th in client.get(address).content.decode()
    assert said_en in client.get(f"/en{address}").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize(
    "address", ["/", INDICATOR, f"{INDICATOR}quarter-4/districts/5001/", "/healthz", "/robots.txt", *PAPERS]
)
def test_a_page_is_only_read(client: Client, address: str, method: str) -> None:
    answer = getattr(client, method)(address)
    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert answer["Allow"] == "GET, HEAD"
    assert _policy_is_strict(answer)


def test_a_mistake_of_ours_has_its_page_without_asking_the_database(
    patient_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(reporting, "fiscal_years", fail)
    monkeypatch.setattr(people, "city", fail)
    for address, said in (("/", "ระบบขัดข้อง"), ("/en/", "Something went wrong here")):
        answer = patient_client.get(address)
        assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
        assert said in answer.content.decode()
        assert "the disk is full" not in answer.content.decode()
        assert _policy_is_strict(answer)


def test_whom_the_table_of_permissions_refuses_gets_the_403_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Refused("ไม่มีสิทธิ์ทำรายการนี้", "Not permitted: this.")
    monkeypatch.setattr(actions, "refusal", lambda actor, action, unit="": refused)
    client.force_login(User.objects.get(login="demo-reporter"))
    answer = client.get("/en/")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Not permitted: this." in answer.content.decode()
    assert _policy_is_strict(answer)


def test_a_mistake_of_the_user_is_told_in_its_own_sentence(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise UserError("พิมพ์ผิด", "Mistyped.")

    monkeypatch.setattr(reporting, "fiscal_years", refuse)
    answer = client.get("/")
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "พิมพ์ผิด" in answer.content.decode()


def test_a_host_that_is_not_ours_gets_the_400_page_under_the_policy(client: Client) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "<h1>" in answer.content.decode()
    assert _policy_is_strict(answer)


def test_a_view_that_states_no_action_is_not_run(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(public.indicator_list, "action")
    with pytest.raises(LookupError, match=r"indicator_list states no action; add @performs"):
        client.get("/")


def test_health_is_ok_while_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (HTTPStatus.OK, b"ok\n")
    assert "no-cache" in answer["Cache-Control"]


def test_health_is_503_when_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def cursor(self) -> None:
            raise DatabaseError

    monkeypatch.setattr(machines, "connection", Broken())
    assert client.get("/healthz").status_code == HTTPStatus.SERVICE_UNAVAILABLE


def test_robots_keep_away_from_invented_figures(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.content.decode() == "User-agent: *\nDisallow: /\n"
    assert '<meta name="robots" content="noindex">' in client.get("/").content.decode()
