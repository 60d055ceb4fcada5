"""Signing in: passwords, second steps, limits, who may not, and what the ledger keeps of it."""

import json
import subprocess
import sys
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lakthan.apps.ledger.models import Entry, PersonalValue
from lakthan.apps.people.models import Delegation, Membership, User
from lakthan.apps.people.selectors import operator, today
from lakthan.apps.people.services import delegate
from lakthan.demo.people import PASSWORD
from lakthan.demo.stage import PRESENT
from lakthan.rules.permissions import Action, Role
from lakthan.web import public
from tests.sharing import run_lakthan
from tests.web.pages import in_both_languages, in_language

pytestmark = pytest.mark.usefixtures("demo_city")

SIGN_IN = "/account/sign-in/"
MY_WORK = reverse("my-work")
OF_THE_SIGNED_IN = [
    "/account/",
    "/account/password/",
    "/account/two-step/",
    "/account/two-step/keys/",
    "/account/sessions/",
    "/account/confirm/password/",
    "/account/sign-out/",
]
MOST = 12


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """Limits of attempts are counted in the cache, which no rollback empties."""
    cache.clear()


@pytest.fixture
def reporter() -> User:
    """An account of the demonstration."""
    return User.objects.get(login="demo-reporter")


@pytest.fixture
def signed_in(client: Client, reporter: User) -> Client:
    """The reporter's browser."""
    client.force_login(reporter)
    return client


def sign_in(client: Client, login: str = "demo-reporter", password: str = PASSWORD, address: str = SIGN_IN) -> Any:
    """Send the form."""
    return client.post(address, {"login": login, "password": password})


def acts_since(count: int) -> list[tuple[str, str, str]]:
    """Act, actor and subject kind of the entries that came after the first `count`."""
    entries = Entry.objects.order_by("pk").filter(act__startswith="people.")
    return [(entry.act, entry.actor, entry.subject_kind) for entry in entries[count:]]


def entered() -> int:
    """How many entries about people there are."""
    return Entry.objects.filter(act__startswith="people.").count()


# With a password


@in_both_languages
def test_one_signs_in_with_a_password_and_out_again(client: Client, language: str) -> None:
    before = client.session.session_key
    answer = sign_in(client, address=in_language(SIGN_IN, language))
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, in_language(MY_WORK, language))
    assert client.session.session_key != before
    page = client.get(in_language("/account/", language)).content.decode()
    assert ("ผู้รายงานข้อมูล (สาธิต)" if language == "th" else "reporter (demonstration)") in page
    assert client.post(in_language("/account/sign-out/", language)).status_code == HTTPStatus.FOUND
    assert client.get("/account/").status_code == HTTPStatus.FOUND


@in_both_languages
def test_a_wrong_password_is_told_without_saying_whether_the_account_exists(client: Client, language: str) -> None:
    said = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" if language == "th" else "Login or password is wrong."
    for login in ("demo-reporter", "nobody"):
        answer = sign_in(client, login, "wrong", in_language(SIGN_IN, language))
        assert said in answer.content.decode()


def test_passwords_are_kept_as_argon2(reporter: User) -> None:
    assert reporter.password.startswith("argon2$argon2id$")


def test_five_wrong_attempts_at_an_account_are_enough(client: Client) -> None:
    for _ in range(5):
        sign_in(client, "demo-reporter", "wrong")
    assert "ใส่ผิดหลายครั้งเกินไป" in sign_in(client).content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_requests_are_answered_by_a_page_of_our_own(client: Client) -> None:
    answers = [client.post(SIGN_IN, {}) for _ in range(31)]
    assert answers[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "ลองหลายครั้งเกินไป" in answers[-1].content.decode()


def test_an_account_that_is_not_active_does_not_open(client: Client, reporter: User) -> None:
    User.objects.filter(pk=reporter.pk).update(is_active=False)
    answer = sign_in(client)
    assert answer["Location"] == "/account/inactive/"
    assert "_auth_user_id" not in client.session


def test_an_account_that_is_closed_while_signed_in_is_signed_out(signed_in: Client, reporter: User) -> None:
    User.objects.filter(pk=reporter.pk).update(is_active=False)
    assert signed_in.get("/account/").status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("address", ["/account/sign-up/", "/account/signup/", "/accounts/signup/", "/account/email/"])
def test_nobody_makes_an_account_for_oneself(client: Client, address: str) -> None:
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.post(address, {"username": "me", "password1": PASSWORD}).status_code == HTTPStatus.NOT_FOUND


def test_a_password_is_changed_with_the_present_one_and_other_devices_are_signed_out(reporter: User) -> None:
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    new = {"oldpassword": PASSWORD, "password1": "four plain thai words", "password2": "four plain thai words"}
    assert here.post("/account/password/", new)["Location"] == "/account/"
    assert "เปลี่ยนรหัสผ่านแล้ว" in here.get("/account/").content.decode()
    assert there.get("/account/").status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    ("password", "said"),
    [("short", "สั้นเกินไป"), ("password1234", "ถูกเดาเป็นอันดับแรก"), ("demo-reporter-1", "คล้ายชื่อ")],
)
def test_a_weak_password_is_refused_in_thai(signed_in: Client, password: str, said: str) -> None:
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert said in signed_in.post("/account/password/", form).content.decode()


def test_a_form_from_elsewhere_is_refused_with_a_page_of_our_own() -> None:
    answer = sign_in(Client(enforce_csrf_checks=True))
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "แบบฟอร์มนี้หมดอายุ" in answer.content.decode()


# With a second step


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_app_is_set_up_and_then_asked_for(client: Client) -> None:
    sign_in(client)
    client.post("/account/confirm/password/", {"password": PASSWORD})
    page = client.get("/account/two-step/app/add/")
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    assert client.post("/account/two-step/app/add/", {"code": "000000"}).status_code == HTTPStatus.OK
    assert client.post("/account/two-step/app/add/", {"code": code_of(secret)})["Location"].endswith("/codes/")
    codes = client.get("/account/two-step/codes/").context["unused_codes"]
    assert len(codes) == 10
    again = Client()
    assert sign_in(again)["Location"] == "/account/sign-in/code/"
    assert again.get("/account/").status_code == HTTPStatus.FOUND, "a password alone opens nothing"
    assert "รหัสไม่ถูกต้อง" in again.post("/account/sign-in/code/", {"code": "000000"}).content.decode()
    assert again.post("/account/sign-in/code/", {"code": codes[0]})["Location"] == MY_WORK
    assert again.get("/account/").status_code == HTTPStatus.OK


def test_a_second_step_is_not_changed_at_an_open_screen(signed_in: Client) -> None:
    answer = signed_in.get("/account/two-step/app/add/")
    assert answer["Location"].startswith("/account/confirm/password/")


# Who may


def asked_of(client: Client, monkeypatch: pytest.MonkeyPatch, action: Action, **headers: Any) -> Any:
    """The answer to the list of indicators, were it for those who may do `action`."""
    monkeypatch.setattr(public.indicator_list, "action", action)
    return client.get("/?fiscal-year=2563", headers=headers)


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = asked_of(client, monkeypatch, Action.SEE_OWN_WORK)
    assert answer["Location"] == "/account/sign-in/?next=%2F%3Ffiscal-year%3D2563"
    assert (
        client.post(answer["Location"], {"login": "demo-reporter", "password": PASSWORD, "next": "/x/"})["Location"]
        == "/x/"
    )


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_signing_in_leads_to_no_other_site(client: Client, address: str) -> None:
    answer = client.post(SIGN_IN, {"login": "demo-reporter", "password": PASSWORD, "next": address})
    assert answer["Location"] == MY_WORK


@pytest.mark.parametrize(
    "headers", [{"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}, {"Accept": "application/json"}]
)
def test_a_script_is_told_that_its_session_has_ended(
    client: Client, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    answer = asked_of(client, monkeypatch, Action.SEE_OWN_WORK, **headers)
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert json.loads(answer.content) == {"error": "signed-out", "sign_in": SIGN_IN}
    assert answer["X-Sign-In"] == SIGN_IN


def test_a_role_opens_what_it_may_in_its_unit_and_nothing_else(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked_of(signed_in, monkeypatch, Action.WRITE_REPORT).status_code == HTTPStatus.OK
    assert asked_of(signed_in, monkeypatch, Action.REVIEW_REPORT).status_code == HTTPStatus.FORBIDDEN


def test_a_membership_that_ended_yesterday_gives_nothing(
    signed_in: Client, reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Membership.objects.filter(user=reporter).update(valid_to=today())
    assert asked_of(signed_in, monkeypatch, Action.WRITE_REPORT).status_code == HTTPStatus.OK
    Membership.objects.filter(user=reporter).update(valid_to=today() - timedelta(days=1))
    assert asked_of(signed_in, monkeypatch, Action.WRITE_REPORT).status_code == HTTPStatus.FORBIDDEN


def test_a_deputy_acts_in_the_role_that_is_handed_over(
    signed_in: Client, reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked_of(signed_in, monkeypatch, Action.ENDORSE_REPORT).status_code == HTTPStatus.FORBIDDEN
    delegate(
        actor=operator("tests"),
        unit=reporter.memberships.first().unit,  # type: ignore[union-attr]
        kind=Delegation.Kind.ACTING_IN_PLACE,
        office="ผู้อำนวยการสำนัก",
        role=Role.UNIT_HEAD,
        deputy=reporter,
        order_number="คำสั่ง 9/2563",
        valid_from=today(),
        valid_to=today(),
        now=PRESENT,
    )
    assert asked_of(signed_in, monkeypatch, Action.ENDORSE_REPORT).status_code == HTTPStatus.OK
    assert "คำสั่ง 9/2563" in signed_in.get("/account/").content.decode()


def test_every_role_has_an_account_that_can_sign_in() -> None:
    for role in set(Role) - {Role.OPERATOR}:
        user = User.objects.get(login=f"demo-{role}")
        assert user.is_demonstration
        assert user.has_usable_password()
        assert user.memberships.filter(role=role).exists()
        assert "สาธิต" in user.name_th


# What visitors get


def test_a_visitor_gets_no_cookie_and_no_more_queries(client: Client) -> None:
    answer = client.get("/")
    assert not answer.cookies
    assert "private" not in answer.get("Cache-Control", "")
    assert SIGN_IN in answer.content.decode()


def test_what_a_signed_in_person_sees_stays_out_of_shared_caches(signed_in: Client) -> None:
    answer = signed_in.get("/")
    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]
    assert "ผู้รายงานข้อมูล (สาธิต)" in answer.content.decode()


def test_a_session_ends_when_idle_and_is_put_off_by_use(signed_in: Client) -> None:
    signed_in.get("/")
    assert signed_in.session.get_expiry_age() == settings.SESSION_COOKIE_AGE == 4 * 3600
    seen = signed_in.session["seen"]
    signed_in.get("/")
    assert signed_in.session["seen"] == seen, "one write a minute is enough"


@pytest.mark.parametrize("address", OF_THE_SIGNED_IN)
def test_pages_of_accounts_ask_the_database_seldom(signed_in: Client, address: str) -> None:
    signed_in.get("/account/")
    with CaptureQueriesContext(connection) as captured:
        assert signed_in.get(address).status_code == HTTPStatus.OK
    assert len(captured) <= MOST, [query["sql"] for query in captured]


# What the ledger keeps


def test_signing_in_and_out_is_entered(client: Client, reporter: User) -> None:
    count, who = entered(), f"user:{reporter.pk}"
    sign_in(client)
    client.post("/account/sign-out/")
    assert acts_since(count) == [
        ("people.sign_in", who, "people.user"),
        ("people.sign_out", who, "people.user"),
    ]


def test_a_failed_sign_in_is_entered_without_what_was_typed(client: Client) -> None:
    count = entered()
    sign_in(client, "demo-reporter", "typed-secret-1")
    sign_in(client, "typed-secret-2", "typed-secret-3")
    assert acts_since(count) == [
        ("people.sign_in_failed", "visitor", "people.user"),
        ("people.sign_in_failed", "visitor", "people.city"),
    ]
    assert not Entry.objects.filter(body__contains="typed-secret").exists()
    assert not PersonalValue.objects.filter(value__contains="typed-secret").exists()


def test_changes_of_an_account_are_entered(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    sign_in(client)
    other = Client()
    sign_in(other)
    count = entered()
    client.post("/account/confirm/password/", {"password": PASSWORD})
    secret = client.get("/account/two-step/app/add/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/two-step/app/add/", {"code": code_of(secret)})
    client.post("/account/two-step/app/remove/")
    client.post("/account/sessions/")
    new = "four plain thai words"
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert sorted(act for act, _, _ in acts_since(count)) == [
        "people.add_recovery_codes",
        "people.add_totp",
        "people.change_password",
        "people.end_session",
        "people.remove_recovery_codes",
        "people.remove_totp",
    ]
    assert not Entry.objects.filter(body__contains=secret).exists()


# Settings

SHOW = """
import django; django.setup()
from django.test import Client
from django.urls import reverse
from django.urls import NoReverseMatch, reverse
from django.conf import settings
try:
    print(reverse("openid_connect_callback", kwargs={"provider_id": "city"}))
except NoReverseMatch:
    print("none")
print("allauth.socialaccount" in settings.INSTALLED_APPS)
print(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"])
"""
PROVIDER = {
    "LAKTHAN_OIDC_ISSUER": "https://id.city.example/realms/staff",
    "LAKTHAN_OIDC_CLIENT_ID": "lakthan",
    "LAKTHAN_OIDC_SECRET": "not-a-secret",
    "LAKTHAN_OIDC_NAME": "City ID",
}


def shown(home: Path, environment: dict[str, str]) -> list[str]:
    """What the settings come to in a process of their own."""
    run = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", SHOW],
        env={"LAKTHAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "lakthan.config.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.splitlines()


@pytest.mark.one_database
def test_the_identity_provider_is_offered_only_when_it_is_set(tmp_path: Path) -> None:
    assert shown(tmp_path, {}) == ["none", "False", "[\"'self'\"]"]
    assert shown(tmp_path, PROVIDER) == [
        "/account/oidc/city/login/callback/",
        "True",
        "[\"'self'\", 'https://id.city.example']",
    ]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LAKTHAN_OIDC_ISSUER": "http://id.city.example"}, "must begin with https"),
        ({"LAKTHAN_OIDC_ISSUER": "https://id.city.example"}, "needs LAKTHAN_OIDC_CLIENT_ID"),
        ({"LAKTHAN_SESSION_HOURS": "48"}, "must be 1 to 24"),
    ],
)
def test_settings_of_signing_in_that_cannot_be_right_are_refused(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    run = run_lakthan("migrate", home=tmp_path, environment=environment)
    assert run.returncode == 1
    assert said in run.stderr


@pytest.mark.one_database
def test_doctor_refuses_a_demonstration_in_production(demo_home: Path) -> None:
    production = {"LAKTHAN_ENVIRONMENT": "production", "LAKTHAN_HOSTS": "city.example"}
    answers = json.loads(run_lakthan("doctor", "--json", home=demo_home, environment=production).stdout)["answers"]
    [answer] = [answer for answer in answers if answer["name"] == "demonstration"]
    assert answer["state"] == "fail"
    assert "LAKTHAN_ENVIRONMENT" in answer["mend_en"]
