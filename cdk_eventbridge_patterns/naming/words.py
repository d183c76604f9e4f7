"""The words that names are made of, before a case is given to them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from cdk_eventbridge_patterns.errors import NamingError

_SEGMENT = re.compile(r"[a-z][a-z0-9]*")
_SERVICE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_PART = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EVENT = re.compile(r"[A-Z][A-Za-z0-9]*")
_WORD = re.compile(r"[a-z0-9]+")
_WORD_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def is_segment(value: object) -> bool:
    """Return whether *value* is one lower-case word."""
    return isinstance(value, str) and _SEGMENT.fullmatch(value) is not None


def is_word(value: str) -> bool:
    """Return whether *value* is one word of lower-case letters and digits."""
    return _WORD.fullmatch(value) is not None


def is_service(value: object) -> bool:
    """Return whether *value* is lower-case words joined by hyphens, the first of which begins with a letter."""
    return isinstance(value, str) and _SERVICE.fullmatch(value) is not None


def is_part(value: object) -> bool:
    """Return whether *value* is lower-case words and digits joined by hyphens."""
    return isinstance(value, str) and _PART.fullmatch(value) is not None


def is_event(value: object) -> bool:
    """Return whether *value* is in PascalCase."""
    return isinstance(value, str) and _EVENT.fullmatch(value) is not None


def check_service(value: str, argument: str = "service") -> str:
    """Return *value* if it is a service name: lower-case words joined by hyphens."""
    if not is_service(value):
        msg = f"{argument} must be lower-case words joined by single hyphens, such as 'order-history', got {value!r}"
        raise NamingError(msg)
    return value


def check_part(value: str, argument: str = "name") -> str:
    """Return *value* if it can be part of a name: lower-case words and digits joined by hyphens."""
    if not is_part(value):
        msg = f"{argument} must be lower-case words joined by single hyphens, such as 'large-orders', got {value!r}"
        raise NamingError(msg)
    return value


def check_event(value: str, argument: str = "event") -> str:
    """Return *value* if it is an event name in PascalCase."""
    if not is_event(value):
        msg = f"{argument} must be a past-tense fact in PascalCase, such as 'OrderPlaced', got {value!r}"
        raise NamingError(msg)
    return value


def kebab_case(event: str) -> str:
    """Return a PascalCase name as lower-case words joined by hyphens: `OrderPlaced` → `order-placed`."""
    return _WORD_BOUNDARY.sub("-", event).lower()


def words_of(text: str) -> list[str]:
    """Return the words of a name, however it joins them: `Order_placed.v1` → `order`, `placed`, `v1`."""
    return _WORD.findall(kebab_case(text))


def nearest(value: str, known: Iterable[str]) -> str:
    """Return that of the *known* values which is most like *value*."""
    return difflib.get_close_matches(value, list(known), n=1, cutoff=0)[0]
