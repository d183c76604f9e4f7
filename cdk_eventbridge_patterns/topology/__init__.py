"""The waist of the house: what templates say about buses, rules and who owns them."""

from cdk_eventbridge_patterns.topology.stamp import STAMP_KEY, Stamp

__all__ = ["STAMP_KEY", "Stamp"]
