"""One file per check, by family."""

from cdk_eventbridge_patterns.checks.check import Check
from cdk_eventbridge_patterns.checks.finding import Finding, Severity

__all__ = ["Check", "Finding", "Severity"]
