"""Whether the values that some matchers let through are among those of others."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.matching.addresses import address_of
from cdk_eventbridge_patterns.matching.analysis.texts import TooHardError, all_but, has_word, is_exact, language_of
from cdk_eventbridge_patterns.matching.matchers import (
    Absent,
    AnythingBut,
    AnythingButMatching,
    Cidr,
    Equals,
    EqualsAddress,
    Matcher,
    Numeric,
    Present,
)
from cdk_eventbridge_patterns.matching.number import Number


def includes(wider: Sequence[Matcher], narrower: Sequence[Matcher]) -> bool:
    """Whether it is proved that each value that one of *narrower* lets through, one of *wider* does, too."""
    return all(_is_included(each, wider) for each in narrower)


def _is_included(narrow: Matcher, wider: Sequence[Matcher]) -> bool:
    if narrow in wider:
        return True
    if isinstance(narrow, Absent):
        return False
    if isinstance(narrow, Equals):
        return any(wide.matches(narrow.value) for wide in wider)
    return any(_includes(wide, narrow) for wide in wider) or (_is_of_text(narrow) and _includes_texts(wider, narrow))


def _includes(wide: Matcher, narrow: Matcher) -> bool:
    """Whether all that *narrow* lets through, *wide* does, as far as one alone can show it."""
    if isinstance(wide, Present):
        return True
    if isinstance(narrow, Numeric):
        return _includes_numbers(wide, narrow)
    if isinstance(narrow, EqualsAddress):
        address = address_of(narrow.text)
        return isinstance(wide, Cidr) and address is not None and wide.matches(narrow.text)
    if isinstance(narrow, Cidr):
        return isinstance(wide, Cidr) and _is_subnet(narrow, wide)
    return isinstance(narrow, AnythingBut | AnythingButMatching) and _includes_exceptions(wide, narrow)


def _includes_numbers(wide: Matcher, narrow: Numeric) -> bool:
    if isinstance(wide, Numeric):
        return _is_at_most(wide, narrow) and _is_at_least(wide, narrow)
    if isinstance(wide, AnythingBut):
        return not any(isinstance(value, Number) and narrow.matches(value) for value in wide.values)
    return isinstance(wide, AnythingButMatching)


def _is_at_most(wide: Numeric, narrow: Numeric) -> bool:
    """Whether *wide* begins no later than *narrow*."""
    if wide.low is None or narrow.low is None:
        return wide.low is None
    return wide.low < narrow.low or (wide.low == narrow.low and (wide.low_included or not narrow.low_included))


def _is_at_least(wide: Numeric, narrow: Numeric) -> bool:
    """Whether *wide* ends no earlier than *narrow*."""
    if wide.high is None or narrow.high is None:
        return wide.high is None
    return wide.high > narrow.high or (wide.high == narrow.high and (wide.high_included or not narrow.high_included))


def _is_subnet(narrow: Cidr, wide: Cidr) -> bool:
    return narrow.network.version == wide.network.version and (
        narrow.network[0] in wide.network and narrow.network[-1] in wide.network
    )


def _includes_exceptions(wide: Matcher, narrow: AnythingBut | AnythingButMatching) -> bool:
    """Whether *wide*, too, lets through all but something, and excepts no more."""
    if isinstance(wide, AnythingBut):
        return all(not narrow.matches(value) for value in wide.values)
    if not isinstance(wide, AnythingButMatching) or not isinstance(narrow, AnythingButMatching):
        return False
    return all(_includes_texts(narrow.matchers, each) for each in wide.matchers)


def _is_of_text(matcher: Matcher) -> bool:
    return not isinstance(matcher, Numeric | Present | AnythingBut | AnythingButMatching)


def _includes_texts(wider: Sequence[Matcher], narrow: Matcher) -> bool:
    """Whether all texts of *narrow* are texts of *wider* together."""
    try:
        own = language_of(narrow)
        others = [language_of(wide) for wide in wider if is_exact(wide) and not isinstance(wide, Numeric | Absent)]
        beyond = [all_but(language) for language in others if language is not None]
        return own is not None and not has_word([own, *beyond])
    except TooHardError:
        return False
