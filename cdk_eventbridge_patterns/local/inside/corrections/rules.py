"""`AWS::Events::Rule` can be updated, loses the targets that its template loses, and goes with its stack.

As shipped an update is reported and not done, a rule on a bus outside of the stack outlives it, and an event pattern
that AWS refuses is taken.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from localemu.services.cloudformation.provider_utils import convert_request_kwargs

from cdk_eventbridge_patterns.local.inside.resource_provider import CorrectedProvider, Model

_PASSED_ON = ("ScheduleExpression", "State", "Description", "RoleArn", "Tags")

# Any event: TestEventPattern refuses event patterns that PutRule of the emulator takes.
_SOME_EVENT = json.dumps(
    {
        "id": "1",
        "detail-type": "OrderPlaced.v1",
        "source": "com.acme.orders",
        "account": "111111111111",
        "time": "2026-01-01T00:00:00Z",
        "region": "eu-west-1",
        "resources": [],
        "detail": {},
    }
)


class Rule(CorrectedProvider):
    """A rule with its targets, on a bus of the account or, by ARN, of another."""

    TYPE = "AWS::Events::Rule"
    PRIMARY = "Id"
    READ_ONLY = ("Arn",)

    def create(self, request: Any) -> Any:
        model = request.desired_state
        name = self.name(request, "Name")
        model["Id"] = f"{model['EventBusName']}|{name}" if model.get("EventBusName") else name
        return self._put(request, model)

    def update(self, request: Any) -> Any:
        return self._put(request, self.kept(request))

    def delete(self, request: Any) -> Any:
        model, events = request.desired_state, request.aws_client_factory.events
        name, bus = _name(model), _bus(model)
        with suppress(events.exceptions.ResourceNotFoundException):  # its bus may be gone, and the rule with it
            _remove_targets(events, name, bus, keep=())
            events.delete_rule(Name=name, **bus)
        return self.done(request, model)

    def _put(self, request: Any, model: Model) -> Any:
        events, name, bus = request.aws_client_factory.events, _name(model), _bus(model)
        given = {key: model[key] for key in _PASSED_ON if model.get(key)}
        if model.get("EventPattern") is not None:
            given["EventPattern"] = _event_pattern(model)
            events.test_event_pattern(EventPattern=given["EventPattern"], Event=_SOME_EVENT)
        model["Arn"] = events.put_rule(Name=name, **bus, **given)["RuleArn"]
        targets = model.get("Targets") or []
        _remove_targets(events, name, bus, keep=[each["Id"] for each in targets])
        if targets:
            _put_targets(events, {"Rule": name, "Targets": targets, **bus})
        return self.done(request, model)


def _name(model: Model) -> str:
    return str(model["Id"]).rpartition("|")[2]


def _bus(model: Model) -> dict[str, str]:
    return {"EventBusName": model["EventBusName"]} if model.get("EventBusName") else {}


def _event_pattern(model: Model) -> str:
    pattern = model["EventPattern"]
    return pattern if isinstance(pattern, str) else json.dumps(pattern)


def _remove_targets(events: Any, name: str, bus: dict[str, str], *, keep: Any) -> None:
    there = {each["Id"] for each in events.list_targets_by_rule(Rule=name, **bus)["Targets"]}
    if gone := there - set(keep):
        events.remove_targets(Rule=name, Ids=sorted(gone), **bus)


def _put_targets(events: Any, arguments: Model) -> None:
    shape = events.meta.service_model.operation_model("PutTargets").input_shape
    answer = events.put_targets(**convert_request_kwargs(arguments, shape))
    if answer["FailedEntryCount"]:
        raise ValueError(f"PutTargets: {answer['FailedEntries']}")


def apply() -> None:
    """Have CloudFormation use it."""
    Rule.replace_shipped()
