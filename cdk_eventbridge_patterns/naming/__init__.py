"""One convention object: builds, checks and parses back every physical name and ARN."""

from cdk_eventbridge_patterns.naming.arn import Arn
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.naming.case import Case
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.name_fault import NameFault
from cdk_eventbridge_patterns.naming.name_form import ResourceName
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind

__all__ = [
    "Arn",
    "BusAddress",
    "BusReference",
    "Case",
    "NameFault",
    "NamingConvention",
    "ResourceKind",
    "ResourceName",
]
