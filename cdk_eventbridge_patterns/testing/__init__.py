"""Helpers for the tests of teams that use this library, and for its own."""

from cdk_eventbridge_patterns.testing.assertions import assert_no_findings, findings_in, topology_in

__all__ = ["assert_no_findings", "findings_in", "topology_in"]
