"""Whether two assemblies hold the same resources: by type and count, and by their properties.

Logical ids differ, and so do tokens and what they stand for: references are replaced by what they give, and lists of
statements are compared in any order, without their ids. What differs then is counted, by type and property.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

# What a reference to a resource gives, by type: the property that is its name, and its ARN.
NAMES = {
    "AWS::Events::EventBus": ("Name", "arn:aws:events:{region}:{account}:event-bus/{name}"),
    "AWS::SQS::Queue": ("QueueName", "arn:aws:sqs:{region}:{account}:{name}"),
    "AWS::Events::Rule": ("Name", "arn:aws:events:{region}:{account}:rule/{bus}/{name}"),
    "AWS::IAM::Role": ("RoleName", "arn:aws:iam::{account}:role/{name}"),
    "AWS::Logs::DeliverySource": ("Name", "arn:aws:logs:{region}:{account}:delivery-source:{name}"),
    "AWS::Logs::DeliveryDestination": ("Name", "arn:aws:logs:{region}:{account}:delivery-destination:{name}"),
    "AWS::EventSchemas::Registry": ("RegistryName", "{name}"),
}
# Names by which AWS tells resources apart; those that have none are told apart by all they have.
KEYS = ("Name", "QueueName", "RoleName", "AlarmName", "ArchiveName", "StatementId", "DashboardName", "LogGroupName",
        "SchemaName", "RegistryName", "Queues", "DeliverySourceName")  # fmt: skip


def counts(assembly: Path) -> Counter[str]:
    """Return how many resources there are of each type."""
    return Counter(each["Type"] for _, resources in _templates(assembly) for each in resources.values())


def differences(ours: Path, theirs: Path) -> Counter[str]:
    """Return what differs, as `type: property`, and in how many resources.

    Raises:
        SystemExit: If there are not the same resources.
    """
    mine, other = counts(ours), counts(theirs)
    if mine != other:
        raise SystemExit(f"the resources should be the same, ours are {mine - other} more, theirs {other - mine}")
    found: Counter[str] = Counter()
    first, second = _by_name(ours), _by_name(theirs)
    for key in first.keys() | second.keys():
        kind = key[0].removeprefix("AWS::")
        if key not in first or key not in second:
            found[f"{kind}: {key[1]}"] += 1
            continue
        left, right = first[key], second[key]
        for name in left.keys() | right.keys():
            if left.get(name) != right.get(name):
                found[f"{kind}: {name}"] += 1
    return found


def texts_in(assembly: Path, resource_type: str, text: str) -> dict[str, str]:
    """Return a property of all resources of a type, by account: a text that no hand composes."""
    return {
        account: each["Properties"][text]
        for (account, _), resources in _templates(assembly)
        for each in resources.values()
        if each["Type"] == resource_type
    }


def _templates(assembly: Path) -> list[tuple[tuple[str, str], Json]]:
    artifacts = json.loads((assembly / "manifest.json").read_text())["artifacts"].values()
    found = []
    for artifact in artifacts:
        if artifact["type"] == "aws:cloudformation:stack":
            account, region = artifact["environment"].removeprefix("aws://").split("/")
            file = assembly / artifact["properties"]["templateFile"]
            found.append(((account, region), json.loads(file.read_text())["Resources"]))
    return found


def _key(properties: Json) -> str:
    return next((str(properties[each]) for each in KEYS if each in properties), json.dumps(properties, sort_keys=True))


def _by_name(assembly: Path) -> dict[tuple[str, str, str], Json]:
    found = {}
    for (account, region), resources in _templates(assembly):
        for each in resources.values():
            properties = {
                name: _normal(_resolved(value, resources, account, region))
                for name, value in each["Properties"].items()
            }
            where = str(properties.get("EventBusName", account))
            found[each["Type"], _key(properties).removeprefix("cdk-"), where] = properties
    return found


def _resolved(value: Any, resources: Json, account: str, region: str) -> Any:  # noqa: ANN401 - of JSON
    """Return *value* with its references replaced by what they give."""
    if isinstance(value, list):
        return [_resolved(each, resources, account, region) for each in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((function, given),) = value.items()
        if function == "Ref":
            pseudo = {"AWS::Partition": "aws", "AWS::AccountId": account, "AWS::Region": region}
            return pseudo.get(given) or _given(resources[given], "name", resources, account, region)
        if function == "Fn::GetAtt":
            return _given(resources[given[0]], given[1], resources, account, region)
        if function == "Fn::Join":
            return given[0].join(_resolved(each, resources, account, region) for each in given[1])
    return {name: _resolved(each, resources, account, region) for name, each in value.items()}


def _given(resource: Json, what: str, resources: Json, account: str, region: str) -> str:
    name_property, arn = NAMES[resource["Type"]]
    properties = resource["Properties"]
    name = str(properties[name_property])
    if what != "Arn":
        return name
    bus = _resolved(properties.get("EventBusName"), resources, account, region)
    return arn.format(region=region, account=account, name=name, bus=bus)


def _normal(value: Any) -> Any:  # noqa: ANN401 - of JSON
    """Return *value* as what it says: one value and a list of it alone are the same, and statements have no order."""
    if isinstance(value, list):
        items = [_normal(each) for each in value]
        if len(items) == 1:
            return items[0]
        return sorted(items, key=lambda each: json.dumps(each, sort_keys=True))
    if isinstance(value, dict):
        normal = {name: _normal(each) for name, each in value.items() if name != "Sid"}
        return "*" if normal == {"AWS": "*"} else normal
    return value
