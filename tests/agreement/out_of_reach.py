"""What the emulator can't say anything about, and the types of resources that show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class OutOfReach:
    """Something that is not compared, as the emulator knows nothing of it.

    Args:
        what: What.

        because: How that shows.

        types: The types of resources that the emulator's CloudFormation refuses. Default: it shows otherwise.
    """

    what: str
    because: str
    types: tuple[str, ...] = ()


OUT_OF_REACH: tuple[OutOfReach, ...] = (
    OutOfReach(
        what="policies of buses",
        because="its CloudFormation knows no such resource; policies of queues and roles it takes and does not enforce",
        types=("AWS::Events::EventBusPolicy",),
    ),
    OutOfReach(
        what="archives and replays of templates",
        because="its CloudFormation knows no archive",
        types=("AWS::Events::Archive",),
    ),
    OutOfReach(
        what="the newer buses and their subscribers",
        because="its CloudFormation knows neither",
        types=("AWS::EventsV2::EventBus", "AWS::EventsV2::Subscriber"),
    ),
    OutOfReach(
        what="registries of schemas and discoverers",
        because="its CloudFormation knows neither",
        types=("AWS::EventSchemas::Registry", "AWS::EventSchemas::Discoverer"),
    ),
    OutOfReach(
        what="logs of buses",
        because="its CloudFormation knows no delivery of logs",
        types=("AWS::Logs::DeliverySource",),
    ),
    OutOfReach(
        what="what crosses accounts: moves, rules on foreign buses, targets elsewhere, who may publish",
        because="tried by hand: no account finds a bus or queue of another one, and nothing arrives",
    ),
    OutOfReach(
        what="what crosses Regions",
        because="not tried; its code delivers within a Region only",
    ),
    OutOfReach(
        what="retries, the order of events, throttling and quotas",
        because="not tried; its code delivers each event once, and at once",
    ),
    OutOfReach(
        what="whether a template with an event pattern that is refused can be deployed",
        because="tried by hand: its CloudFormation deploys what its `TestEventPattern` refuses",
    ),
)
