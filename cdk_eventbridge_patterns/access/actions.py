"""Which actions a statement is about."""

from __future__ import annotations

from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.text import like


def allows_action(statement: PolicyStatement, action: str) -> bool:
    """Return whether a statement is surely about *action*, whatever else it says."""
    if statement.not_actions:
        return not any(like(each.lower(), action.lower()) is True for each in statement.not_actions)
    return any(like(each, action.lower()) is True for each in statement.lower_actions)
