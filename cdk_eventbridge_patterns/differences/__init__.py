"""What differs between two states of an estate, and whom it breaks by what rules and targets really use."""

from cdk_eventbridge_patterns.differences.compare import differences
from cdk_eventbridge_patterns.differences.difference import Difference, Kind, Use
from cdk_eventbridge_patterns.differences.notes import notes
from cdk_eventbridge_patterns.differences.state import State

__all__ = ["Difference", "Kind", "State", "Use", "differences", "notes"]
