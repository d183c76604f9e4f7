"""Regular expressions of contracts as languages: as `re` reads them, or not at all."""

from __future__ import annotations

import re

import pytest

from cdk_eventbridge_patterns.matching.analysis.texts import TooHardError, language_in

TEXTS = (
    "",
    "a",
    "A",
    "b",
    "ab",
    "ba",
    "abc",
    "ABC",
    "xabcx",
    "a\nc",
    "cc",
    "c",
    "$a",
    "a\\",
    "aa",
    "a b",
    "xa",
    "1-",
    "]",
)


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "^$", "a", "^a", "a$", "^a$", "a.c", "^a{2,}$", "^[^\\s]+$", "[|]", "(a|b)|^c$", "^a|b$|c", "^a*?$"),
        *(
            "(?i)abc",
            "^(?i:ab)c$",
            "^\\$a$",
            "a\\\\$",
            "^\\x41$",
            "^[\\d-]+$",
            "^(a|b)*$",
        ),
    ],
)
def test_a_language_has_the_texts_in_which_the_expression_is_found(pattern: str) -> None:
    language = language_in(pattern)

    assert {text for text in TEXTS if language.accepts(text)} == {text for text in TEXTS if re.search(pattern, text)}


@pytest.mark.parametrize(
    "pattern", ["^[^]]$", "^[]a]$", "a^b", "(a)\\1", "\\bfoo", "\\Aab", "(?m)^a$", "^(?!x).*$", "^(?=a)ab"]
)
def test_what_is_read_in_two_ways_or_not_supported_is_left_alone(pattern: str) -> None:
    with pytest.raises(TooHardError):
        language_in(pattern)


def test_a_line_feed_may_follow_an_end_where_that_is_asked() -> None:
    assert language_in("^a$", line_feed=True).accepts("a\n")
    assert not language_in("^a$").accepts("a\n")
