"""What judges: checks, by family, and what they say."""

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity

__all__ = ["Finding", "Severity", "TopologyCheck"]
