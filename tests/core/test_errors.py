import pickle

import pytest

from lakthan.core.errors import NotFound, UserError


def test_a_user_error_speaks_two_languages_and_prints_the_english_one() -> None:
    error = UserError("ไม่มีไตรมาสที่ 5", "there is no quarter 5")
    assert (error.th, error.en, str(error)) == ("ไม่มีไตรมาสที่ 5", "there is no quarter 5", "there is no quarter 5")


@pytest.mark.parametrize("kind", [UserError, NotFound])
def test_a_user_error_of_any_kind_survives_pickling_with_both_sentences(kind: type[UserError]) -> None:
    copy = pickle.loads(pickle.dumps(kind("ไม่พบ", "not found")))  # noqa: S301 - our own bytes
    assert (type(copy), copy.th, copy.en) == (kind, "ไม่พบ", "not found")


def test_a_user_error_can_be_caught_as_a_value_error() -> None:
    with pytest.raises(ValueError, match="not found"):
        raise UserError("ไม่พบ", "not found")
