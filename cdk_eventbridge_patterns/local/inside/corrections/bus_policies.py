"""`AWS::Events::EventBusPolicy` adds its statement to those that the bus has.

As shipped each one replaces all others. A statement is known by its id, and put again takes the place of the old one.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from cdk_eventbridge_patterns.local.inside.resource_provider import CorrectedProvider, Model

_NO_POLICY = '{"Version": "2012-10-17", "Statement": []}'


class BusPolicy(CorrectedProvider):
    """One statement of a bus's policy."""

    TYPE = "AWS::Events::EventBusPolicy"
    PRIMARY = "Id"
    READ_ONLY = ()

    def create(self, request: Any) -> Any:
        model, events = request.desired_state, request.aws_client_factory.events
        bus, statement_id = _bus(model), model["StatementId"]
        found = events.describe_event_bus(Name=bus)
        policy = json.loads(found.get("Policy") or _NO_POLICY)
        others = [each for each in policy["Statement"] if each.get("Sid") != statement_id]
        policy["Statement"] = [*others, {"Sid": statement_id, **_statement(model, found["Arn"])}]
        events.put_permission(EventBusName=bus, Policy=json.dumps(policy))
        model["Id"] = f"{bus}|{statement_id}"
        return self.done(request, model)

    update = create

    def delete(self, request: Any) -> Any:
        model, events = request.desired_state, request.aws_client_factory.events
        with suppress(events.exceptions.ResourceNotFoundException):  # its bus may be gone
            events.remove_permission(StatementId=model["StatementId"], EventBusName=_bus(model))
        return self.done(request, model)


def _bus(model: Model) -> str:
    return str(model.get("EventBusName") or "default")


def _statement(model: Model, bus_arn: str) -> Model:
    """Return the statement of a policy, also where it is written in the older form, property by property."""
    if model.get("Statement"):
        return dict(model["Statement"])
    who = model["Principal"]
    condition = model.get("Condition")
    return {
        "Effect": "Allow",
        "Action": model["Action"],
        "Principal": "*" if who == "*" else {"AWS": f"arn:aws:iam::{who}:root"},
        "Resource": bus_arn,
        **({"Condition": {condition["Type"]: {condition["Key"]: condition["Value"]}}} if condition else {}),
    }


def apply() -> None:
    """Have CloudFormation use it."""
    BusPolicy.replace_shipped()
