"""Checks of names: one core, whoever reads the names and whoever enforces them."""

from cdk_eventbridge_patterns.checks.naming.judge import DEFAULT_LEVELS, NAMING_CHECKS, exemptions, judge
from cdk_eventbridge_patterns.checks.naming.naming_check import NameFinding
from cdk_eventbridge_patterns.checks.naming.renames import Rename, renames

__all__ = ["DEFAULT_LEVELS", "NAMING_CHECKS", "NameFinding", "Rename", "exemptions", "judge", "renames"]
