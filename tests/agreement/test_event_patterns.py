"""That event patterns match, do not match and are refused here as by the emulator's `TestEventPattern`.

The patterns are drawn anew only when the strategies change: what is not on the list of the known is found by whoever
changes them, and not by a commit that has nothing to do with it.
"""

from __future__ import annotations

from hypothesis import given, settings

from tests.agreement.emulator import Emulator
from tests.agreement.question import Question
from tests.agreement.strategies import DETAILS, PATTERNS, PATTERNS_WITH_MISTAKES

SAME_EVERY_TIME = settings(max_examples=400, deadline=None, derandomize=True)


def test_an_event_pattern_matches_the_same_events(emulator: Emulator) -> None:
    @SAME_EVERY_TIME
    @given(PATTERNS, DETAILS)
    def answers_are_the_same(pattern: dict[str, object], detail: dict[str, object]) -> None:
        assert Question(pattern, detail).differences(emulator) == []

    answers_are_the_same()


def test_an_event_pattern_with_mistakes_is_refused_by_both(emulator: Emulator) -> None:
    @SAME_EVERY_TIME
    @given(PATTERNS_WITH_MISTAKES, DETAILS)
    def answers_are_the_same(pattern: dict[str, object], detail: dict[str, object]) -> None:
        assert Question(pattern, detail).differences(emulator) == []

    answers_are_the_same()
