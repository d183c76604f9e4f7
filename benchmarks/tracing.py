"""What one trace costs: one producer and 3 to 300 consumers, each in an account of its own, all of which get the event.

python -m benchmarks.tracing [CONSUMERS ...]

The topology is read from templates first, which is not counted. The first trace reads the event patterns of all rules
that it meets; later ones find them read. What is printed for later ones is the median.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.assembly import read_assembly, topology_of
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.naming import BusReference, NamingConvention
from cdk_eventbridge_patterns.plan import Consumes
from cdk_eventbridge_patterns.plan.inbox import plan_inbox
from cdk_eventbridge_patterns.plan.queue import QueueAddress, add_queue_policy, plan_dead_letter_queue
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, plan_subscriptions
from cdk_eventbridge_patterns.simulation import trace
from cdk_eventbridge_patterns.simulation.flow import declared_flows
from cdk_eventbridge_patterns.simulation.proof import proof_of
from cdk_eventbridge_patterns.topology.topology import Topology

SIZES = (3, 30, 300)
ROUNDS = 20
REGION, ORGANIZATION, PRODUCER = "eu-west-1", "o-exampleorg1", "100000000000"
NAMING = NamingConvention(organization="acme", stage="prod")
ORDER_PLACED = EventContract(
    service="orders",
    event="OrderPlaced",
    detail={"type": "object", "properties": {"order_id": {"type": "string"}}, "required": ["order_id"]},
)
ORDER = {"source": "com.acme.orders", "detail-type": "OrderPlaced.v1", "detail": {"order_id": "o-1"}}


def topology(consumers: int) -> Topology:
    """Return the topology of a producer and so many consumers, read from their templates."""
    with tempfile.TemporaryDirectory() as name:
        folder, artifacts = Path(name), {}
        for stack, account, template in _templates(consumers):
            (folder / f"{stack}.template.json").write_text(json.dumps(template))
            artifacts[stack] = {
                "type": "aws:cloudformation:stack",
                "environment": f"aws://{account}/{REGION}",
                "properties": {"templateFile": f"{stack}.template.json"},
            }
        (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
        return replace(topology_of(read_assembly(folder)), organization=ORGANIZATION)


def _templates(consumers: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    producer = ServiceBusDeclaration(
        service="orders",
        account=PRODUCER,
        region=REGION,
        naming=NAMING,
        publishes=[ORDER_PLACED],
        organization_id=ORGANIZATION,
    )
    yield "Orders", PRODUCER, plan_service_bus(producer).template()
    for index in range(consumers):
        service, account = f"consumer{index}", f"{200_000_000_000 + index}"
        bus = ServiceBusDeclaration(service=service, account=account, region=REGION, naming=NAMING)
        subscriber = Subscriber(service=service, bus=bus.address, naming=NAMING)
        lost = QueueAddress.of(NAMING, service, "dead-letters", account=account, region=REGION)
        subscription = SubscriptionPlan(
            subscriber=subscriber,
            wanted=Consumes(ORDER_PLACED, on=BusReference.of("orders", account=PRODUCER)),
            dead_letter_arn=lost.arn,
        )
        plan = plan_service_bus(bus)
        plan.include(plan_subscriptions([subscription]))
        plan.include(plan_inbox(subscriber, [ORDER_PLACED], lost))
        plan.include(plan_dead_letter_queue(lost, service))
        del plan.resources[lost.policy_id]  # it lets no rule in yet
        delivery = subscriber.bus.rule_arn(NAMING.rule_name(service, subscriber.name_for(ORDER_PLACED)))
        add_queue_policy(plan, lost, [subscription.rule_arn, delivery])
        yield service, account, plan.template()


def main(sizes: list[int]) -> None:
    """Print a table."""
    print(
        f"{'consumers':>9} {'targets':>8} {'first trace':>12} {'later ones':>11} {'a target':>10} {'a flow proved':>14}"
    )
    for size in sizes:
        read = topology(size)
        bus = f"arn:aws:events:{REGION}:{PRODUCER}:event-bus/acme-prod-orders"
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            found = trace(read, ORDER, bus=bus)
            times.append(time.perf_counter() - start)
        arrived = [each for each in found.arrivals() if each.arrives is True]
        if len(arrived) != 2 * size:
            raise SystemExit(f"every consumer should get the event, got {len(arrived)} arrivals of {2 * size}")
        start = time.perf_counter()
        proofs = [proof_of(read, flow) for flow in declared_flows(read)]
        proved = (time.perf_counter() - start) / len(proofs)
        later = statistics.median(times[1:])
        print(f"{size:9} {len(arrived):8} {times[0] * 1e3:9.1f} ms {later * 1e3:8.1f} ms"
              f" {later / len(arrived) * 1e6:7.0f} µs {proved * 1e3:11.2f} ms")  # fmt: skip


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(SIZES))
