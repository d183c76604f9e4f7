"""What a subscriber of the newer bus sends: what was published, or what its transformer makes of it.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-transform.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-batching.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.simulation.payload.json_text import json_text, unproved_spelling
from cdk_eventbridge_patterns.simulation.payload.outcome import NotSent, Payload
from cdk_eventbridge_patterns.topology.rule import Target
from cdk_eventbridge_patterns.undecided import Undecided

_AS_PUBLISHED = "white space and the order of fields, which are those of the published data"

# The pages of the targets: a batch has one message or record for each event. A function gets an array of events,
# unless its subscriber has a batch size of 1.
_ONE_BY_ONE = {"sqs", "sns", "kinesis", "firehose"}


def subscribed(target: Target, transformer: object, event: Mapping[str, Any]) -> Payload | NotSent | Undecided:
    """Return what *target* of a subscriber with *transformer* receives for *event*.

    What `PutEvents` publishes is the whole event, envelope and all.
    """
    if not isinstance(transformer, Mapping):
        return NotSent("its Transformer is no object", at_deployment=True)
    kind = transformer.get("Type", "RAW")
    if isinstance(kind, Undecided):
        return kind
    if kind != "RAW":
        return Undecided(f"what a transformer of type {kind} makes of an event is not followed")
    if target.service not in _ONE_BY_ONE:
        return Undecided("whether a subscriber sends events one by one to this target depends on its batches")
    return Payload(json_text(event), (_AS_PUBLISHED, *unproved_spelling(event)))
