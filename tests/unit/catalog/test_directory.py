from __future__ import annotations

from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.catalog import Directory, EventEntry, Participant, ParticipantKind, Publication
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_policy,
    a_queue,
    a_rule,
    a_schema,
    a_target,
    a_topology,
    an_event,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp, Stamp
from cdk_eventbridge_patterns.undecided import Undecided

STAGING = "999999999999"
PLACED = an_event()
PLACED_NAME = "orders/OrderPlaced.v1"


def the_orders_bus(*events: EventStamp, **properties: Any) -> Bus:
    return a_bus(stamp=Stamp(service="orders", owner="team-orders", publishes=events or (PLACED,)), **properties)


QUEUE = queue_arn(account=ORDERS)
THE_QUEUE = (
    a_queue(account=ORDERS),
    a_policy(
        QUEUE,
        {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": QUEUE,
        },
    ),
)


def a_rule_of_billings(**properties: Any) -> Rule:
    stamp = Stamp(service="billing", owner="team-billing", consumes=(PLACED.name,))
    return a_rule(a_target(QUEUE), **{"stamp": stamp, **properties})


def the_event(directory: Directory, title: str = PLACED_NAME) -> EventEntry:
    (found,) = (each for each in directory.events if each.title == title)
    return found


def the_publication(directory: Directory, title: str = PLACED_NAME) -> Publication:
    (found,) = the_event(directory, title).publications
    return found


def a_service(name: str, kind: ParticipantKind = ParticipantKind.SERVICE) -> Participant:
    return Participant(name=name, kind=kind)


def test_a_service_publishes_what_its_bus_is_stamped_with_and_another_receives_it() -> None:
    topology = a_topology(the_orders_bus(), a_rule_of_billings(), *THE_QUEUE)

    directory = Directory.of(topology)

    publication = the_publication(directory)
    assert publication.publisher == a_service("orders")
    assert publication.consumers == (a_service("billing"),)
    (receipt,) = publication.receipts
    assert (receipt.target_arn, receipt.declared) == (QUEUE, True)
    billing, orders = directory.services
    assert orders.publishes == (publication,)
    assert orders.owners == ("team-orders",)
    assert [each.publication for each in billing.consumes] == [publication]


def test_a_rule_without_a_stamp_receives_as_its_stack_and_undeclared() -> None:
    topology = a_topology(the_orders_bus(), a_rule_of_billings(stamp=None))

    (receipt,) = the_publication(Directory.of(topology)).receipts

    assert receipt.consumer == a_service(ORDERS, ParticipantKind.STACK)
    assert not receipt.declared


def test_stacks_of_one_name_are_told_apart_by_their_account() -> None:
    rule = a_rule_of_billings(stamp=None)
    elsewhere = replace(
        rule, location=replace(rule.location, template_file="other/template.json"), account=BILLING, arn=f"{rule.arn}-2"
    )
    topology = a_topology(the_orders_bus(), rule, elsewhere, *THE_QUEUE)

    consumers = the_publication(Directory.of(topology)).consumers

    assert "111111111111 (111111111111, eu-west-1)" in [each.name for each in consumers]


def test_what_a_rule_sends_to_an_account_that_nobody_read_is_for_that_account() -> None:
    topology = a_topology(the_orders_bus(), a_rule(a_target(queue_arn())))

    (receipt,) = the_publication(Directory.of(topology)).receipts

    assert receipt.consumer == a_service(BILLING, ParticipantKind.ACCOUNT)


def test_the_same_event_on_the_buses_of_two_stages_has_the_consumers_of_each() -> None:
    in_staging = bus_arn(account=STAGING)
    topology = a_topology(
        the_orders_bus(),
        the_orders_bus(replace(PLACED, data_class="restricted"), account=STAGING),
        a_rule_of_billings(),
        a_rule(on=in_staging, account=STAGING, stamp=Stamp(service="audit")),
        a_schema({"type": "object"}),
        *THE_QUEUE,
    )

    prod, staging = the_event(Directory.of(topology)).publications

    assert (prod.bus_arn, staging.bus_arn) == (bus_arn(), in_staging)
    assert prod.consumers == (a_service("billing"),)
    assert staging.consumers == ()
    assert [each.stamp.data_class for each in (prod, staging) if each.stamp] == ["internal", "restricted"]
    assert (len(prod.schemas), staging.schemas) == (1, ())


def test_what_a_rule_asks_for_by_name_on_a_bus_that_declares_nothing_is_listed_as_asked_for() -> None:
    rule = a_rule(a_target(QUEUE), event_pattern={"source": ["shop"], "detail-type": ["A"]})

    publication = the_publication(Directory.of(a_topology(a_bus(), rule, *THE_QUEUE)), "A of shop")

    assert not publication.declared
    assert publication.publisher is None
    assert publication.asked_by == (rule,)
    assert [each.arrives for each in publication.receipts] == [True]


def test_an_event_that_another_bus_brings_is_not_asked_for_once_more() -> None:
    there = bus_arn("acme-prod-billing", account=BILLING)
    topology = a_topology(
        the_orders_bus(),
        a_bus("acme-prod-billing", account=BILLING),
        a_rule(a_target(there)),
        a_rule(a_target(queue_arn()), on=there, account=BILLING),
    )

    assert [each.title for each in Directory.of(topology).events] == [PLACED_NAME]


def test_pairs_that_a_rule_for_several_sources_and_types_merely_spells_are_not_listed() -> None:
    pattern = {"source": ["com.acme.orders", "shop"], "detail-type": ["OrderPlaced.v1", "A"]}
    topology = a_topology(the_orders_bus(), a_rule(event_pattern=pattern))

    titles = [each.title for each in Directory.of(topology).events]

    assert titles == ["A of com.acme.orders", "A of shop", "OrderPlaced.v1 of shop", PLACED_NAME]
    both = a_topology(
        the_orders_bus(PLACED, replace(PLACED, event="A", source="shop", detail_type="A")), *topology.rules
    )
    assert [each.title for each in Directory.of(both).events] == ["orders/A.v1", PLACED_NAME]


def test_what_a_consumer_is_declared_for_has_its_name_though_nobody_read_its_producer() -> None:
    stamp = Stamp(service="billing", consumes=(PLACED.name,))
    own_bus = a_target(bus_arn("acme-prod-billing", account=BILLING), role_arn=role_arn())
    rule = a_rule(own_bus, account=BILLING, stamp=stamp)

    publication = the_publication(Directory.of(a_topology(rule, environments=frozenset())))

    assert not publication.declared
    assert publication.publisher == a_service("orders")
    (receipt,) = publication.receipts
    assert isinstance(receipt.arrives, Undecided)
    assert receipt.declared


def test_what_a_stamp_names_and_no_event_pattern_asks_for_is_said_to_be_unread() -> None:
    topology = a_topology(a_rule_of_billings(event_pattern=Undecided("it is a parameter")))

    (billing,) = Directory.of(topology).services

    assert billing.unread == (EventName("orders", "OrderPlaced", 1),)


def test_a_declared_flow_that_nothing_brings_is_listed_with_what_is_in_its_way() -> None:
    elsewhere = a_bus("acme-prod-billing", stamp=Stamp(service="billing"))
    topology = a_topology(the_orders_bus(), elsewhere, a_rule_of_billings(on=elsewhere.arn))

    (receipt,) = the_publication(Directory.of(topology)).receipts

    assert receipt.arrives is False
    assert receipt.reason is not None
    assert receipt.reason.startswith("not so: a rule on")
    assert receipt.reason.endswith("there is none")


def test_an_event_of_an_aws_service_is_published_on_the_default_bus_it_is_taken_off() -> None:
    created = EventStamp(
        service="aws-s3",
        event="ObjectCreated",
        version=1,
        source="aws.s3",
        detail_type="Object Created",
        data_class="internal",
    )
    rule = a_rule(
        a_target(QUEUE),
        on=bus_arn("default"),
        event_pattern={"source": ["aws.s3"], "detail-type": ["Object Created"]},
        stamp=Stamp(service="media", consumes=(created.name,), aws_events=(created,)),
    )

    publication = the_publication(Directory.of(a_topology(rule, *THE_QUEUE)), "aws-s3/ObjectCreated.v1")

    assert publication.bus_arn == bus_arn("default")
    assert publication.publisher == a_service("aws-s3", ParticipantKind.AWS)
    assert publication.consumers == (a_service("media"),)


def test_a_rule_that_asks_for_no_event_by_name_is_listed_with_its_bus() -> None:
    prefix = a_rule(name="all", event_pattern={"source": [{"prefix": "shop"}]})
    unknown = a_rule(name="stage", event_pattern={"source": ["«parameter 'Stage'»"]})
    scheduled = a_rule(name="nightly", event_pattern=None, schedule="rate(1 day)")

    (bus,) = Directory.of(a_topology(a_bus(), prefix, unknown, scheduled)).buses

    assert {each.rule.name: each.reason for each in bus.unlisted} == {
        "all": "it asks for {'prefix': 'shop'}",
        "nightly": "it runs on a schedule",
        "stage": "it asks for a text that is known at deployment only",
    }


def test_a_schema_of_an_event_that_nobody_publishes_or_asks_for_is_listed() -> None:
    schema = a_schema({"type": "object"})

    (event,) = Directory.of(a_topology(schema)).events

    assert event.title == "OrderPlaced.v1 of com.acme.orders"
    assert event.registered == (schema,)
    assert not event.publications


def test_a_bus_that_no_template_makes_is_the_accounts() -> None:
    (bus,) = Directory.of(a_topology(a_rule(), environments=frozenset())).buses

    assert bus.owner == a_service(ORDERS, ParticipantKind.ACCOUNT)
    assert bus.bus is None
    assert bus.name == "acme-prod-orders"
