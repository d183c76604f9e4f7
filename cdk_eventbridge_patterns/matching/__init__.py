"""Event patterns as EventBridge reads them: parse, match, hold to AWS's limits, and judge without an event."""

from cdk_eventbridge_patterns.matching.alternative import Alternative
from cdk_eventbridge_patterns.matching.analysis import (
    Dead,
    Live,
    OnlyUndeclared,
    Verdict,
    covers,
    overlaps,
    satisfiable,
)
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern
from cdk_eventbridge_patterns.matching.number import Number
from cdk_eventbridge_patterns.matching.rule_set import RuleSet

__all__ = [
    "Alternative",
    "Dead",
    "EventPattern",
    "Live",
    "Number",
    "OnlyUndeclared",
    "RuleSet",
    "Verdict",
    "covers",
    "overlaps",
    "satisfiable",
]
