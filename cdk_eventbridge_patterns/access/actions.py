"""Which actions a statement is about."""

from __future__ import annotations

from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.text import like, lowered
from cdk_eventbridge_patterns.undecided import Answer, any_of, not_

PUT_EVENTS, PUT_RULE, PUT_TARGETS = "events:PutEvents", "events:PutRule", "events:PutTargets"
"""What it takes to publish, to put a rule, and to give it targets."""


def is_about(statement: PolicyStatement, action: str) -> Answer:
    """Return whether a statement is about *action*: IAM does not tell cases apart."""
    asked = action.lower()
    if statement.not_actions:
        return not_(any_of(like(lowered(each), asked) for each in statement.not_actions))
    return asked in statement.lower_actions or any_of(like(each, asked) for each in statement.lower_actions)


def allows_action(statement: PolicyStatement, action: str) -> bool:
    """Return whether a statement is surely about *action*, whatever else it says."""
    return is_about(statement, action) is True
