import pytest

from cdk_eventbridge_patterns.undecided import Undecided, all_of, any_of, not_

STAGE = Undecided("parameter 'Stage' has no value")


def test_undecided_is_never_taken_for_yes_or_no() -> None:
    with pytest.raises(TypeError, match="parameter 'Stage' has no value"):
        bool(STAGE)


def test_one_no_decides_all_and_one_yes_decides_any_whatever_is_undecided() -> None:
    assert all_of([True, STAGE, False]) is False
    assert any_of([False, STAGE, True]) is True


def test_what_is_left_undecided_says_why() -> None:
    assert all_of([True, STAGE]) is STAGE
    assert any_of([False, STAGE]) is STAGE
    assert not_(STAGE) is STAGE


def test_all_of_nothing_holds_and_any_of_nothing_does_not() -> None:
    assert all_of([]) is True
    assert any_of([]) is False
