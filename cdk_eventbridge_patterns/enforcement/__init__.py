"""What holds an app to the convention and to the checks."""

from cdk_eventbridge_patterns.enforcement.acknowledge import acknowledge
from cdk_eventbridge_patterns.enforcement.event_bridge_checks import EventBridgeChecks
from cdk_eventbridge_patterns.enforcement.exempt import exempt
from cdk_eventbridge_patterns.enforcement.name_injectors import name_injectors
from cdk_eventbridge_patterns.enforcement.naming_aspect import NamingAspect
from cdk_eventbridge_patterns.enforcement.tags import apply_tags

__all__ = ["EventBridgeChecks", "NamingAspect", "acknowledge", "apply_tags", "exempt", "name_injectors"]
