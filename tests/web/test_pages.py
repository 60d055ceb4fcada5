"""Every public page in both languages: it answers, says what it is, and leads only to pages that exist."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from django.utils.translation import override

from lakthan.apps.people.models import City
from lakthan.apps.reporting import selectors as reporting
from lakthan.core.dates import BANGKOK
from tests.web.pages import (
    FIXED,
    INDICATOR,
    LANGUAGES,
    Page,
    every_page,
    in_both_languages,
    in_language,
    project_addresses,
)

pytestmark = pytest.mark.usefixtures("demo_city")


@cache
def _opened(address: str, language: str) -> tuple[HttpResponse, Page]:
    """A page of the city, which nothing here changes, so that each is opened once."""
    answer = Client().get(in_language(address, language))
    return answer, Page(answer.content.decode())


@in_both_languages
@every_page
def test_a_page_opens_in_its_language(address: str, language: str) -> None:
    answer, page = _opened(address, language)
    assert answer.status_code == HTTPStatus.OK
    assert page.tags("html")[0].attributes["lang"] == language
    assert len(page.tags("h1")) == 1
    assert len(page.tags("main")) == 1


@in_both_languages
def test_the_page_of_a_project_opens_whatever_became_of_it(language: str) -> None:
    for address in project_addresses().values():
        answer, page = _opened(address, language)
        assert answer.status_code == HTTPStatus.OK
        assert len(page.tags("h1")) == 1


@in_both_languages
@every_page
def test_nothing_on_a_page_is_styled_or_scripted_inline(address: str, language: str) -> None:
    _, page = _opened(address, language)
    assert page.values("style") == []
    assert page.tags("style") == []
    assert page.tags("script") == []
    assert [name for element in page.elements for name in element.attributes if name.startswith("on")] == []


@in_both_languages
@every_page
def test_no_two_elements_have_one_id_and_every_label_has_its_field(address: str, language: str) -> None:
    _, page = _opened(address, language)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert set(page.values("for")) <= set(ids)
    assert {name for value in page.values("aria-labelledby") for name in value.split()} <= set(ids)


@in_both_languages
@every_page
def test_every_link_leads_to_an_address_that_exists(address: str, language: str) -> None:
    _, page = _opened(address, language)
    links = {link.attributes["href"] or "" for link in page.tags("a")}
    ids = set(page.values("id"))
    for link in links:
        path = urlsplit(link).path
        if path:
            with override("en" if path.startswith("/en/") else "th"):
                resolve(path)
        elif link.startswith("#"):
            assert link[1:] in ids
        else:
            assert link.startswith("?")


def test_titles_are_unique() -> None:
    named = FIXED | project_addresses()
    del named["list of a year"]  # the list once more
    titles = [_opened(address, language)[1].title.strip() for address in named.values() for language in LANGUAGES]
    assert sorted(titles) == sorted(set(titles))
    assert all(len(title) > len(" · Lakthan") for title in titles)


@every_page
def test_the_switch_of_languages_keeps_the_page(address: str) -> None:
    for language, other in (("th", "en"), ("en", "th")):
        _, page = _opened(address, language)
        [switch] = [link for link in page.tags("a") if link.attributes.get("hreflang")]
        assert switch.attributes["hreflang"] == other
        assert switch.attributes["href"] == in_language(address, other)


def test_an_english_page_marks_what_is_thai() -> None:
    answer, _ = _opened(f"{INDICATOR}quarter-4/districts/5001/", "en")
    unmarked = "".join(_outside_thai(answer.content.decode()))
    assert not any("\u0e00" <= letter <= "\u0e7f" for letter in unmarked)


def _outside_thai(html: str) -> Iterator[str]:
    """The text of a page that stands in no element of Thai; such elements hold no others of their own kind."""
    page, _, rest = html.partition("<body>")
    for piece in rest.split('lang="th"'):
        _, end, after = piece.partition("</span>") if page else ("", "", piece)
        yield after if end else piece
        page = "in Thai"


def test_the_list_says_how_many_indicators_meet_their_target() -> None:
    thai, _ = _opened("/", "th")
    english, _ = _opened("/", "en")
    assert "บรรลุเป้าหมาย <strong>4</strong> จาก <strong>6</strong> ตัวชี้วัด" in thai.content.decode()
    assert "<strong>4</strong> of <strong>6</strong> indicators meet their target" in english.content.decode()


@pytest.mark.parametrize(
    ("quarter", "value", "pair", "standing"),
    [
        (3, "80.00", "40 of 50 district offices", "Target met"),
        (4, "86.00", "43 of 50 district offices", "Target met"),
    ],
)
def test_a_quarter_shows_its_figure_in_numbers_and_words(quarter: int, value: str, pair: str, standing: str) -> None:
    answer, _ = _opened(f"{INDICATOR}quarter-{quarter}/", "en")
    html = answer.content.decode()
    assert f"<strong>{value}</strong>" in html
    assert pair in html
    assert standing in html


def test_a_missing_value_is_told_in_words_and_is_no_zero() -> None:
    thai, _ = _opened(FIXED["no value yet"], "th")
    english, _ = _opened(FIXED["no value yet"], "en")
    assert "ไม่มีข้อมูล" in thai.content.decode()
    assert "This is not a zero." in english.content.decode()


def test_a_date_is_in_both_eras_in_english_and_in_the_buddhist_era_in_thai() -> None:
    thai, _ = _opened(INDICATOR, "th")
    english, _ = _opened(INDICATOR, "en")
    assert "30 กันยายน 2563" in thai.content.decode()
    assert "30 September 2020 (B.E. 2563)" in english.content.decode()


def test_a_node_of_the_plan_that_was_completed_says_so() -> None:
    answer, _ = _opened(INDICATOR, "en")
    assert "completed, not confirmed" in answer.content.decode()


def test_the_map_links_each_of_the_fifty_districts_to_its_records() -> None:
    answer, page = _opened(f"{INDICATOR}quarter-3/", "th")
    tiles = [link.attributes["href"] for link in page.tags("a") if "tile" in (link.attributes.get("class") or "")]
    assert len(set(tiles)) == 50
    assert all(str(tile).startswith(f"{INDICATOR}quarter-3/districts/50") for tile in tiles)
    assert answer.content.decode().count('class="tile tile-whole"') == 40


def test_districts_are_found_by_name_in_either_script(client: Client) -> None:
    for name in ("ดินแดง", "din daeng", "5037"):
        answer = client.get(INDICATOR, {"name": name})
        found = answer.content.decode().partition('id="who-list"')[2]
        assert found.count('class="member ') == 1
        assert "ดินแดง" in found


def test_the_list_of_members_is_narrowed_to_those_that_did_not_count(client: Client) -> None:
    found = client.get(INDICATOR, {"show": "not-counted"}).content.decode().partition('id="who-list"')[2]
    assert found.count('class="member ') == 7


def test_a_name_that_nobody_has_is_answered_in_words(client: Client) -> None:
    assert "ไม่พบสำนักงานเขตชื่อนี้" in client.get(INDICATOR, {"name": "เชียงใหม่"}).content.decode()
    communities = client.get(FIXED["share of communities"], {"name": "เชียงใหม่"})
    assert "ไม่พบชุมชนชื่อนี้" in communities.content.decode()


def test_communities_stand_together_by_district_until_one_asks_for_them(client: Client) -> None:
    plain = client.get(FIXED["share of communities"]).content.decode().partition('id="who-list"')[2]
    assert plain.count('class="member"') == 50
    asked = client.get(FIXED["share of communities"], {"show": "counted"}).content.decode()
    assert asked.count('class="member is-counted"') == 100
    assert "หน้า 1 จาก 15" in asked


def test_a_search_reads_decomposed_thai_letters_too(client: Client) -> None:
    found = client.get(INDICATOR, {"name": "คลองสา\u0e4d\u0e32"[:6]}).content.decode()
    assert "คลองสามวา" in found


def test_a_district_that_did_not_count_says_what_was_declined_and_what_waits() -> None:
    answer, _ = _opened(FIXED["district that did not count"], "en")
    html = answer.content.decode()
    assert "Not counted" in html
    assert "Nothing is recorded here that counts" in html
    assert "declined them; the reasons are below" in html
    assert "no decision about them is recorded" in html


def test_records_of_an_action_plan_stand_in_its_order() -> None:
    answer, _ = _opened(f"{INDICATOR}quarter-4/districts/5025/", "en")
    counted = answer.content.decode().partition('id="records"')[2].partition('id="declined-title"')[0]
    years = [int(part[:4]) for part in counted.split("<dt>Fiscal year</dt><dd>")[1:]]
    items = [int(part.partition("<")[0]) for part in counted.split('class="item">Item ')[1:]]
    assert list(zip(years, items, strict=True)) == sorted(zip(years, items, strict=True))
    assert len(items) > 20
    assert set(years) == {2563, 2564}


def test_every_project_behind_a_figure_has_its_page(client: Client) -> None:
    _, page = _opened(FIXED["district that counted"], "en")
    projects = {link.attributes["href"] or "" for link in page.tags("a")}
    opened = [client.get(link) for link in sorted(projects) if link.startswith("/en/projects/")]
    assert len(opened) >= 7
    assert {answer.status_code for answer in opened} == {HTTPStatus.OK}


def test_the_simulated_clock_is_declared_on_every_page() -> None:
    for address in FIXED.values():
        answer, _ = _opened(address, "th")
        assert "15 ตุลาคม 2563 เวลา 09.00 น." in answer.content.decode()


def test_a_quarter_that_has_not_begun_is_shown_as_not_due(client: Client) -> None:
    City.objects.update(simulated_now=datetime(2020, 2, 14, 9, tzinfo=BANGKOK))
    html = client.get("/").content.decode()
    assert html.count("ยังไม่ถึงกำหนด</span>") == 2 * 6
    assert f'href="{INDICATOR}quarter-2/"' in html
    assert f'href="{INDICATOR}quarter-3/"' not in html
    page = client.get(INDICATOR).content.decode()
    assert "ผลงาน ไตรมาสที่ 2 ปีงบประมาณ พ.ศ. 2563" in page
    ahead = client.get(f"/en{INDICATOR}quarter-3/").content.decode()
    assert "The quarter begins on" in ahead
    assert "1 April 2020 (B.E. 2563)" in ahead
    assert 'id="who"' not in ahead


def test_a_city_without_indicators_says_what_will_stand_here(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "fiscal_years", tuple)
    assert "ยังไม่มีตัวชี้วัด" in client.get("/").content.decode()


def test_a_district_without_inclusions_lists_every_project_that_waits_for_a_decision(client: Client) -> None:
    body = client.get("/en/indicators/2100-0001/2563/quarter-4/districts/5037/").content.decode()
    waiting = body[body.index('id="undecided-title"') :].partition("</ol>")[0]
    told = int(waiting.split('class="group-size">')[1].split("<")[0])
    assert waiting.count('<li class="record">') == told > 0
    assert 'href="/en/projects/' in waiting


def test_an_indicator_that_is_not_about_inclusions_says_nothing_of_proposals(client: Client) -> None:
    body = client.get("/en/indicators/2100-0003/2563/quarter-4/districts/5037/").content.decode()
    assert "proposal" not in body
    assert "proposed" not in body


def test_disbursements_and_transfers_stand_under_headings_of_their_own(client: Client) -> None:
    page = client.get("/en/indicators/2100-0004/2563/quarter-3/")
    assert "In the numerator" in page.content.decode()
    body = client.get("/en/indicators/2100-0004/2563/quarter-3/districts/5002/").content.decode()
    assert body.index("Disbursements") < body.index("Transfers to districts")
