"""The figures of `docs/topology_shapes.md`: the same services in each shape, counted by `usage_of`.

The templates are those of the constructs, made from their plans, so that no Node is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cdk_eventbridge_patterns.access import Consumer, Member
from cdk_eventbridge_patterns.access.policy_size import policy_size
from cdk_eventbridge_patterns.assembly import topology_of
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.checks.quotas.usage import billed, usage_of
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming import BusAddress, BusReference, NamingConvention
from cdk_eventbridge_patterns.plan import Consumes, Disabled
from cdk_eventbridge_patterns.plan.central_bus import CentralBusDeclaration, plan_central_bus
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, plan_subscriptions

PAGE = Path(__file__).parents[2] / "docs" / "topology_shapes.md"
BEGIN, END = "<!-- figures: written by `python -m tests.docs.pages` -->", "<!-- end of figures -->"

ACME = NamingConvention(organization="acme", stage="prod")
REGION = "eu-west-1"
PLATFORM = "999999999999"
CENTRAL = BusReference.central("platform", account=PLATFORM)
SIZES = (3, 10, 30, 100, 300)
PEERS = 3
HUB_EVERY = 3
MUCH = 1_000_000
ORGANIZATION = "o-exampleorg1"


@dataclass(frozen=True)
class Estate:
    """So many services, each in an account of its own: each takes the events of the next three.

    Every third takes those of the first besides, which is the hub that most estates have.
    """

    size: int
    organization_id: str | None = None

    @cached_property
    def events(self) -> list[EventContract]:
        """The one event of each service."""
        return [
            EventContract(service=f"service-{number:03}", event="OrderPlaced", detail={"type": "object"})
            for number in range(self.size)
        ]

    def account(self, number: int) -> str:
        """Return the account of a service."""
        return f"{100_000_000_000 + number}"

    def wanted(self, number: int) -> list[int]:
        """Return whose events a service takes."""
        following = {(number + step) % self.size for step in range(1, PEERS + 1)}
        return sorted((following | ({0} if number % HUB_EVERY == 0 else set())) - {number})

    @property
    def flows(self) -> int:
        """How many services take an event, of all events together."""
        return sum(len(self.wanted(number)) for number in range(self.size))

    # -- every service has its own bus ---------------------------------------------------------------------

    def multi_bus(self) -> Iterator[Template]:
        """Return the templates of the multi-bus shape."""
        for number, event in enumerate(self.events):
            takers = [taker for taker in range(self.size) if number in self.wanted(taker)]
            bus = ServiceBusDeclaration(
                service=event.service,
                account=self.account(number),
                region=REGION,
                naming=ACME,
                publishes=[event],
                consumers=[]
                if self.organization_id
                else [Consumer(self.events[taker].service, self.account(taker)) for taker in takers],
                organization_id=self.organization_id,
                schema_registry=Disabled("only buses are counted"),
                policy_quota=MUCH,
            )
            yield _template(bus.address, plan_service_bus(bus))
            yield self._subscriptions(number, bus.address, central=False)

    # -- all share one -------------------------------------------------------------------------------------

    @cached_property
    def central(self) -> CentralBusDeclaration:
        """The bus that all share."""
        return CentralBusDeclaration(
            service="platform",
            account=PLATFORM,
            region=REGION,
            naming=ACME,
            members=[
                Member(
                    event.service,
                    self.account(number),
                    publishes=[event],
                    consumes=[self.events[other] for other in self.wanted(number)],
                )
                for number, event in enumerate(self.events)
            ],
            organization_id=self.organization_id,
            policy_quota=MUCH,
        )

    def single_bus(self) -> Iterator[Template]:
        """Return the templates of the single-bus shape.

        Raises:
            AccessError: If the policy has more statements than a stack has room for.
        """
        yield _template(self.central.address, plan_central_bus(self.central))
        for number, event in enumerate(self.events):
            inbox = ServiceBusDeclaration(
                service=event.service, account=self.account(number), region=REGION, naming=ACME
            )
            yield _template(inbox.address, plan_service_bus(inbox))
            yield self._subscriptions(number, inbox.address, central=True)

    def _subscriptions(self, number: int, bus: BusAddress, *, central: bool) -> Template:
        plans = [
            SubscriptionPlan(
                subscriber=Subscriber(service=self.events[number].service, bus=bus, naming=ACME),
                wanted=Consumes(
                    self.events[other],
                    on=CENTRAL if central else BusReference.of(self.events[other].service, account=self.account(other)),
                ),
                dead_letter_arn=None,
                dead_letters_off="only buses are counted",
            )
            for other in self.wanted(number)
        ]
        return _template(bus, plan_subscriptions(plans), "Subscriptions")


def figures() -> str:
    """Return the tables in Markdown."""
    rows = [
        (
            "| services, flows | shape | who may subscribe | longest bus policy | buses over its quota | "
            "most rules on a bus | billed for one of each event | most of it to one account |"
        ),
        "|---|---|---|---|---|---|---|---|",
    ]
    for size in SIZES:
        for organization_id in (None, ORGANIZATION):
            estate = Estate(size, organization_id)
            who = "each by name" if organization_id is None else "the organisation"
            for shape, row in (("multi-bus", _row(estate.multi_bus())), ("single-bus", _single_bus_row(estate))):
                rows.append(f"| {size}, {estate.flows:,} | {shape} | {who} | {row} |")
    return "\n".join(rows)


def _single_bus_row(estate: Estate) -> str:
    try:
        return _row(estate.single_bus())
    except AccessError:
        statements = estate.central.statements().values()
        return f"{policy_size(list(statements)):,} | refused: {len(statements):,} statements in one stack | | | "


def _row(templates: Iterator[Template]) -> str:
    usages = list(usage_of(topology_of(templates)))
    rules = max(usage.rules for usage in usages)
    over = sum(usage.policy > usage.policy_quota for usage in usages)
    by_account = billed(usages)
    return " | ".join(
        [
            f"{max(usage.policy for usage in usages):,}",
            f"{over} of {len(usages)}",
            f"{rules:,}" + (" (over the quota)" if rules > usages[0].rule_quota else ""),
            f"{sum(by_account.values()):,}",
            f"{max(by_account.values()):,}",
        ]
    )


def _template(bus: BusAddress, plan: Plan, suffix: str = "") -> Template:
    stack = f"{bus.name}{suffix}"
    return Template(
        file=Path(f"{stack}.template.json"), stack=stack, account=bus.account, region=bus.region, body=plan.template()
    )


def with_figures(page: str) -> str:
    """Return *page* with the figures as they are now."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{figures()}\n\n{END}{after}"
