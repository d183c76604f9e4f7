"""What EventBridge refuses although the event pattern is well-formed, each with where that is known from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.errors import EventPatternError

# Service Quotas, "Event pattern size": characters, by default; it can be raised to 4,096.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
# https://github.com/hashicorp/terraform-provider-aws/issues/33732
LONGEST = 2_048
LONGEST_RAISED = 4_096

# User guide, "Or matching": the lengths of all `$or` lists, multiplied.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
MOST_COMBINATIONS = 1_000

# Not documented. Inferred from published patterns: scores up to 9 were accepted, from 11 refused.
# How it is counted: complexity.py.
MOST_COMPLEX = 10

# The most fields of one alternative, a constant of aws/event-ruler (GenericMachine, MAXIMUM_RULE_SIZE).
MOST_FIELDS = 256

# PutEvents: an event's JSON may be nested this deep. (API model of EventBridge.) A pattern need not be deeper.
DEEPEST = 1_000


def check_size(length: int, longest: int | None) -> None:
    """Refuse a pattern of more than *longest* characters; none means that any length will do."""
    if longest is not None and length > longest:
        msg = f"event pattern must be at most {longest} characters, got {length}"
        raise EventPatternError(msg)


def check_combinations(combinations: int, path: str) -> None:
    """Refuse `$or` lists that multiply to too many combinations."""
    if combinations > MOST_COMBINATIONS:
        msg = (
            f"{path} must leave the event pattern with at most {MOST_COMBINATIONS} combinations, "
            f"the lengths of all its $or lists multiplied, got {combinations}"
        )
        raise EventPatternError(msg)


def check_fields(fields: Mapping[str, Any]) -> None:
    """Refuse an alternative that asks for too many fields."""
    if len(fields) > MOST_FIELDS:
        msg = f"event pattern must ask for at most {MOST_FIELDS} fields at once, got {len(fields)}"
        raise EventPatternError(msg)


def check_complexity(score: int, path: str) -> None:
    """Refuse wildcards on one field that are too costly to follow at once."""
    if score > MOST_COMPLEX:
        msg = (
            f"{path} must have wildcards that EventBridge can follow with a complexity of at most {MOST_COMPLEX}, "
            "got more; use fewer *, or prefix and suffix instead"
        )
        raise EventPatternError(msg)
