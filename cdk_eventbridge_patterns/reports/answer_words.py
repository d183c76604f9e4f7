"""The words in which answers to questions of access are given."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.access.actions import PUT_EVENTS, PUT_RULE, PUT_TARGETS
from cdk_eventbridge_patterns.access.grant import Way
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement

_DOING = {PUT_EVENTS: "publishes", PUT_RULE: "puts rules", PUT_TARGETS: "sets targets"}


def doings(way: Way) -> list[str]:
    """Return what somebody does by a statement: `puts rules`."""
    return list(dict.fromkeys(_DOING.get(action, "manages them") for action in way.actions))


def listed(words: Sequence[str]) -> str:
    """Return several things in a row: `puts rules, sets targets and manages them`."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def named(statement: PolicyStatement) -> str:
    """Return which statement is meant, and where it is."""
    at = f"at {statement.location}"
    return f"statement {statement.sid!r} {at}" if statement.sid else f"the statement {at}"
