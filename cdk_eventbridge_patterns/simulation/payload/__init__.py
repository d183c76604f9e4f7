"""The text that a target receives for an event, by the rules of `Input`, `InputPath` and `InputTransformer`."""

from cdk_eventbridge_patterns.simulation.payload.json_path import NOTHING, found_at
from cdk_eventbridge_patterns.simulation.payload.outcome import NotSent, Payload
from cdk_eventbridge_patterns.simulation.payload.payload_of import payload_of

__all__ = ["NOTHING", "NotSent", "Payload", "found_at", "payload_of"]
