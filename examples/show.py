"""Prints what a synthesized assembly builds: accounts, buses, rules, and who consumes what.

python examples/show.py cdk.out
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table

from cdk_eventbridge_patterns.naming import Arn
from cdk_eventbridge_patterns.topology import Stamp


@dataclass(frozen=True)
class Resource:
    """One resource of the assembly, with the stack it is in."""

    stack: str
    account: str
    type: str
    properties: dict[str, Any]
    stamp: Stamp | None


def read(assembly: Path) -> Iterator[Resource]:
    """Read the resources of all stacks in an assembly, those of nested stages too."""
    for manifest in sorted(assembly.rglob("manifest.json")):
        for artifact in json.loads(manifest.read_text(encoding="utf-8"))["artifacts"].values():
            if artifact["type"] != "aws:cloudformation:stack":
                continue
            account = artifact["environment"].removeprefix("aws://").split("/")[0]
            template = json.loads(
                (manifest.parent / artifact["properties"]["templateFile"]).read_text(encoding="utf-8")
            )
            for resource in template.get("Resources", {}).values():
                yield Resource(
                    stack=artifact["properties"]["stackName"],
                    account=account,
                    type=resource["Type"],
                    properties=resource.get("Properties", {}),
                    stamp=Stamp.from_metadata(resource.get("Metadata", {})),
                )


def buses(resources: list[Resource]) -> Table:
    """Return what each account has."""
    table = _table("Buses", "account", "bus", "owner", "publishes", "archive", "rules")
    rules = [_bus_name(rule) for rule in resources if rule.type == "AWS::Events::Rule"]
    archives = {
        Arn.parse(archive.properties["SourceArn"]).resource.removeprefix("event-bus/"): archive
        for archive in resources
        if archive.type == "AWS::Events::Archive"
    }
    for bus in resources:
        if bus.type == "AWS::Events::EventBus" and bus.stamp is not None:
            name = bus.properties["Name"]
            table.add_row(
                bus.account,
                name,
                bus.stamp.owner or "",
                "\n".join(event.detail_type for event in bus.stamp.publishes),
                f"{archives[name].properties.get('RetentionDays', 'for ever')} days" if name in archives else "off",
                str(rules.count(name)),
            )
    return table


def flows(resources: list[Resource]) -> Table:
    """Return each event's way from its producer's bus over the consumer's bus to where it is handled."""
    table = _table("Who consumes what", "event", "from bus", "to bus", "handled by")
    rules = [rule for rule in resources if rule.type == "AWS::Events::Rule"]
    for subscription in rules:
        for target in subscription.properties["Targets"]:
            if subscription.stamp is None or ":event-bus/" not in target["Arn"]:
                continue
            bus = Arn.parse(target["Arn"])
            for event in subscription.stamp.consumes:
                handlers = [
                    _name(delivery.properties["Targets"][0]["Arn"])
                    for delivery in rules
                    if delivery.account == bus.account
                    and _bus_name(delivery) == _name(target["Arn"])
                    and delivery.stamp is not None
                    and event in delivery.stamp.consumes
                ]
                table.add_row(
                    event.title,
                    _bus_name(subscription),
                    _name(target["Arn"]),
                    "\n".join(handlers) or "nobody yet",
                )
    return table


def _table(title: str, *headers: str) -> Table:
    return Table(*(Column(header, overflow="fold") for header in headers), title=title, box=SIMPLE_HEAD)


def _bus_name(rule: Resource) -> str:
    return str(rule.properties["EventBusName"]).rpartition("/")[2]


def _name(arn: str | dict[str, Any]) -> str:
    """Return the name in an ARN, or the logical id where the resource is in the same stack."""
    if isinstance(arn, dict):
        value = next(iter(arn.values()))
        return str(value if isinstance(value, str) else value[0])
    return Arn.parse(arn).resource.rpartition("/")[2]


def main(assembly: str) -> None:
    """Print the tables."""
    resources = list(read(Path(assembly)))
    stacks = {resource.stack: resource.account for resource in resources}
    console = Console()
    console.print(buses(resources))
    console.print(flows(resources))
    console.print(f"{len(stacks)} stacks for {len(set(stacks.values()))} accounts are ready in {assembly}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1], "manifest.json").is_file():
        sys.exit("usage: python examples/show.py ASSEMBLY, a folder that `cdk synth` wrote, such as cdk.out")
    main(sys.argv[1])
