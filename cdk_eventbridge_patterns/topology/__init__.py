"""The waist of the house: what templates say about buses, rules and who owns them."""

from cdk_eventbridge_patterns.topology.stamp import EXEMPTION_KEY, STAMP_KEY, Exemption, Stamp
from cdk_eventbridge_patterns.topology.tag_convention import TagConvention

__all__ = ["EXEMPTION_KEY", "STAMP_KEY", "Exemption", "Stamp", "TagConvention"]
