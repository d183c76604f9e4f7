"""Event patterns as EventBridge reads them: parse, match, and hold to AWS's own limits."""

from cdk_eventbridge_patterns.matching.alternative import Alternative
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern
from cdk_eventbridge_patterns.matching.number import Number
from cdk_eventbridge_patterns.matching.rule_set import RuleSet

__all__ = ["Alternative", "EventPattern", "Number", "RuleSet"]
