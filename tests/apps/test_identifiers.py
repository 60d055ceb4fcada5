"""Identifiers: UUIDv7 that sort by time, and the same ones again from the same seed."""

import time
import uuid
from itertools import islice
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from lakthan.apps.identifiers import deterministic, new_id, new_salt


def version_and_variant(identifier: uuid.UUID) -> tuple[int | None, str]:
    return identifier.version, identifier.variant


def drawn(seed: str, count: int = 50) -> list[uuid.UUID]:
    with deterministic(seed):
        return [new_id() for _ in range(count)]


def test_an_identifier_is_a_uuid_of_version_7() -> None:
    assert version_and_variant(new_id()) == (7, uuid.RFC_4122)


def test_identifiers_begin_with_the_milliseconds_of_their_making() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id().int >> 80
    assert before <= made <= time.time_ns() // 1_000_000


def test_identifiers_sort_in_the_order_of_their_making() -> None:
    made = [new_id() for _ in range(2000)]
    assert sorted(made) == made
    assert len(set(made)) == 2000


def test_identifiers_of_the_demonstration_sort_in_the_order_of_their_making() -> None:
    made = drawn("seed", 2000)
    assert sorted(made) == made
    assert {version_and_variant(identifier) for identifier in made} == {(7, uuid.RFC_4122)}


@given(st.text(), st.text())
def test_the_same_seed_gives_the_same_identifiers_and_another_seed_others(seed: str, other: str) -> None:
    assert drawn(seed, 5) == drawn(seed, 5)
    assert (drawn(seed, 5) == drawn(other, 5)) == (seed == other)


def test_salts_are_sixteen_bytes_that_never_repeat() -> None:
    with deterministic("seed"):
        salts = [new_salt() for _ in range(100)]
    salts += [new_salt() for _ in range(100)]
    assert {len(salt) for salt in salts} == {16}
    assert len(set(salts)) == 200


def test_after_the_block_identifiers_are_of_the_machine_again() -> None:
    first = drawn("seed", 1)[0]
    assert new_id() > first
    assert new_id().int >> 80 > 1_600_000_000_000


def test_a_block_within_a_block_has_its_own_row_of_identifiers() -> None:
    with deterministic("outer"):
        first = new_id()
        assert drawn("inner", 3) == drawn("inner", 3)
        second = new_id()
    assert [first, second] == drawn("outer", 2)


def test_another_thread_does_not_share_the_seed() -> None:
    made: list[uuid.UUID] = []
    with deterministic("seed"):
        thread = Thread(target=lambda: made.extend(islice(iter(new_id, None), 3)))
        thread.start()
        thread.join()
    assert not set(made) & set(drawn("seed"))
