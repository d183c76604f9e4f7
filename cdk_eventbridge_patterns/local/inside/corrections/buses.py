"""`AWS::Events::EventBus` has its inline policy, and can be updated.

As shipped all properties but the name are dropped, and an update does nothing. What CreateEventBus of the emulator
drops in turn, such as the dead-letter queue of a bus, stays dropped.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html
"""

from __future__ import annotations

import json
from typing import Any

from cdk_eventbridge_patterns.local.inside.resource_provider import CorrectedProvider, Model

_PASSED_ON = ("Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig", "Tags")


class Bus(CorrectedProvider):
    """A bus."""

    TYPE = "AWS::Events::EventBus"
    PRIMARY = "Name"
    READ_ONLY = ("Arn",)

    def create(self, request: Any) -> Any:
        model, events = request.desired_state, request.aws_client_factory.events
        given = {key: model[key] for key in _PASSED_ON if model.get(key)}
        model["Arn"] = events.create_event_bus(Name=model["Name"], **given)["EventBusArn"]
        _put_policy(events, model)
        return self.done(request, model)

    def update(self, request: Any) -> Any:
        model = self.kept(request)
        _put_policy(request.aws_client_factory.events, model)
        return self.done(request, model)

    def delete(self, request: Any) -> Any:
        request.aws_client_factory.events.delete_event_bus(Name=request.desired_state["Name"])
        return self.done(request, request.desired_state)


def _put_policy(events: Any, model: Model) -> None:
    if model.get("Policy"):
        events.put_permission(EventBusName=model["Name"], Policy=json.dumps(model["Policy"]))


def apply() -> None:
    """Have CloudFormation use it."""
    Bus.replace_shipped()
