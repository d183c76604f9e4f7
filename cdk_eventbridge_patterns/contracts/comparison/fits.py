"""Whether a schema allows one value, as far as the value alone tells."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.contracts.comparison.keywords import (
    ASSERTING,
    OPAQUE_KEYWORDS,
    SENSITIVE,
    UNORDERED,
    Plain,
)
from cdk_eventbridge_patterns.undecided import Answer, Undecided

# What is judged without a look into the document.
_OF_A_LEAF = (UNORDERED - {"required"}) | {
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "pattern"),
}
_OF_NO_LEAF = ASSERTING - _OF_A_LEAF - OPAQUE_KEYWORDS - {"format", SENSITIVE}


def fits(value: Any, plain: Plain) -> Answer:  # noqa: ANN401 - JSON
    """Whether *plain* allows *value*; undecided if that takes more than its simple keywords."""
    # jsonschema takes longer to import than this room.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    simple = {keyword: plain[keyword] for keyword in plain.keys() & _OF_A_LEAF}
    if not Draft202012Validator(simple).is_valid(value):
        return False
    beyond = plain.keys() & (OPAQUE_KEYWORDS | (_OF_NO_LEAF if isinstance(value, dict | list) else frozenset()))
    return Undecided(f"{', '.join(sorted(beyond))} of a listed value is not judged") if beyond else True
