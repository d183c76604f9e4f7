"""One convention object: builds, checks and parses back every physical name and ARN."""

from cdk_eventbridge_patterns.naming.arn import Arn
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention, ResourceName
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind

__all__ = ["Arn", "BusAddress", "BusReference", "NamingConvention", "ResourceKind", "ResourceName"]
