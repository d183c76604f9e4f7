"""What of a topology is drawn, and what is remarked on where."""

from __future__ import annotations

from dataclasses import replace

from cdk_eventbridge_patterns.diagrams import Picture, picture_of
from cdk_eventbridge_patterns.diagrams.picture import EdgeKind, Node, NodeKind, Remark
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_location,
    a_policy,
    a_receiver,
    a_role,
    a_rule,
    a_target,
    a_topology,
    an_endpoint,
    an_event,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.feed import Feed
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.text import generated, unknown
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.diagrams.world import (
    BILLING_BUS,
    BILLING_FRAME,
    HANDLER,
    INVOICES,
    LOST,
    ORDERS_BUS,
    ORDERS_FRAME,
    a_finding,
    delivery,
    edge,
    estate,
    node,
    subscription,
)


def test_an_event_is_drawn_from_who_publishes_it_to_the_queue_it_ends_in() -> None:
    picture = picture_of(estate())

    way = [f"{ORDERS_FRAME}/orders", ORDERS_BUS, subscription().arn, BILLING_BUS, delivery().arn, INVOICES]
    kinds = [EdgeKind.PUBLISHES, EdgeKind.TAKES, EdgeKind.DELIVERS, EdgeKind.TAKES, EdgeKind.DELIVERS]
    for start, end, kind in zip(way, way[1:], kinds, strict=False):
        drawn = edge(picture, start, end, kind)
        assert (drawn.events, drawn.service, drawn.sure) == (("orders/OrderPlaced.v1",), "orders", True)


def test_a_consumers_rule_is_in_the_account_of_the_bus_and_says_whose_it_is() -> None:
    picture = picture_of(estate())

    rule = node(picture, "acme-prod-billing--order-placed-v1")
    assert (rule.frame, rule.service, rule.says) == (ORDERS_FRAME, "billing", ("owned by billing",))
    assert {frame.id: frame.services for frame in picture.frames} == {
        ORDERS_FRAME: ("orders",),
        BILLING_FRAME: ("billing",),
    }


def test_a_bus_says_how_long_its_events_are_archived() -> None:
    assert node(picture_of(estate()), "acme-prod-orders").says == ("archived for 30 days",)


def test_what_can_not_be_delivered_goes_to_the_dead_letter_queue() -> None:
    assert edge(picture_of(estate()), subscription().arn, LOST, EdgeKind.DEAD_LETTERS).events == ()


def test_an_event_goes_on_to_the_function_that_a_queue_feeds() -> None:
    feed = Feed(source_arn=INVOICES, to_arn=HANDLER, account=BILLING, region=REGION, location=a_location("Feed"))

    picture = picture_of(estate(feed, a_receiver(HANDLER, "AWS::Lambda::Function")))

    assert edge(picture, INVOICES, HANDLER, EdgeKind.FEEDS).events == ("orders/OrderPlaced.v1",)
    assert node(picture, "handler").kind is NodeKind.FUNCTION


def test_two_functions_that_feed_each_other_are_drawn_once() -> None:
    there = Feed(source_arn=INVOICES, to_arn=LOST, account=BILLING, region=REGION, location=a_location("There"))
    back = replace(there, source_arn=LOST, to_arn=INVOICES)

    picture = picture_of(estate(there, back))

    assert [each.end for each in picture.edges if each.kind is EdgeKind.FEEDS] == [LOST, INVOICES]


def test_a_publisher_of_a_central_bus_is_in_its_own_account() -> None:
    event = replace(an_event(service="billing"), account=BILLING)

    picture = picture_of(a_topology(a_bus("hub", stamp=Stamp(service="devops", publishes=(event,)))))

    assert node(picture, "billing").frame == BILLING_FRAME
    assert edge(picture, f"{BILLING_FRAME}/billing", bus_arn("hub"), EdgeKind.PUBLISHES).service == "billing"


def test_what_no_template_makes_is_drawn_as_not_sure_and_its_account_as_not_read() -> None:
    elsewhere = queue_arn("audit", account="333333333333")

    picture = picture_of(a_topology(a_bus(), a_rule(a_target(elsewhere))))

    assert node(picture, "audit").sure is False
    assert {frame.account: frame.read for frame in picture.frames} == {ORDERS: True, "333333333333": False}


def test_a_bus_that_its_account_lacks_says_so() -> None:
    missing = bus_arn("acme-prod-billing", account=ORDERS)

    bus = node(picture_of(a_topology(a_bus(), a_rule(a_target(missing)))), "acme-prod-billing")

    assert (bus.sure, bus.says) == (False, ("no template makes it",))


def test_a_rule_that_is_off_or_may_not_be_made_is_not_sure() -> None:
    off = a_rule(name="off", enabled=False)
    perhaps = a_rule(name="perhaps", conditional=Undecided("condition 'Prod' is known at deployment only"))

    picture = picture_of(a_topology(a_bus(), off, perhaps))

    assert [node(picture, name).sure for name in ("off", "perhaps")] == [False, False]
    assert node(picture, "off").says == ("switched off",)


def test_a_rule_on_a_schedule_takes_nothing_off_its_bus() -> None:
    picture = picture_of(a_topology(a_bus(), a_rule(name="nightly", event_pattern=None, schedule="rate(1 day)")))

    assert node(picture, "nightly").says == ("rate(1 day)",)
    assert not [each for each in picture.edges if each.kind is EdgeKind.TAKES]


def test_a_rule_that_is_not_ours_takes_what_its_event_pattern_lets_through() -> None:
    bus = a_bus(stamp=Stamp(service="orders", publishes=(an_event(), an_event("OrderCancelled"))))
    patterns = {
        "declared": {"source": ["com.acme.orders"], "detail-type": ["OrderCancelled.v1"]},
        "undeclared": {"detail-type": ["Parcel", {"prefix": "Order"}], "source": ["legacy"]},
        "by source": {"source": ["legacy"]},
        "anything": {"account": [ORDERS]},
    }
    rules = [a_rule(name=name, event_pattern=pattern) for name, pattern in patterns.items()]
    later = a_rule(name="later", event_pattern=Undecided("parameter 'Pattern' is known at deployment only"))

    picture = picture_of(a_topology(a_bus("other"), bus, *rules, later))

    taken = {rule.name: edge(picture, ORDERS_BUS, rule.id, EdgeKind.TAKES).events for rule in _rules(picture)}
    assert taken == {
        "declared": ("orders/OrderCancelled.v1",),
        "undeclared": ("Parcel", "prefix Order"),
        "by source": ("from legacy",),
        "anything": ("orders/OrderCancelled.v1", "orders/OrderPlaced.v1"),
        "later": ("events known at deployment only",),
    }


def test_an_event_of_an_aws_service_comes_from_that_service_to_the_default_bus() -> None:
    event = replace(an_event("ObjectCreated", service="aws-s3"), source="aws.s3")
    stamp = Stamp(service="media", consumes=(event.name,), aws_events=(event,))
    default = bus_arn("default")

    picture = picture_of(a_topology(a_rule(a_target(queue_arn()), on=default, stamp=stamp)))

    published = edge(picture, f"{ORDERS_FRAME}/aws.s3", default, EdgeKind.PUBLISHES)
    assert published.events == ("aws-s3/ObjectCreated.v1",)
    assert node(picture, "default").sure is True


def test_a_global_endpoint_leads_to_its_buses() -> None:
    picture = picture_of(estate(an_endpoint(ORDERS_BUS)))

    (endpoint,) = [each for each in picture.nodes if each.kind is NodeKind.ENDPOINT]
    assert edge(picture, endpoint.id, ORDERS_BUS, EdgeKind.PUBLISHES).sure is True


def test_a_name_that_cloudformation_makes_up_is_told_by_what_it_is_of() -> None:
    arn = queue_arn(generated("Billing/Queue"))

    picture = picture_of(a_topology(a_bus(), a_rule(a_target(arn))))

    assert [each.name for each in picture.nodes if each.kind is NodeKind.QUEUE] == ["Billing/Queue"]


def test_a_bus_known_at_deployment_only_is_drawn_as_such() -> None:
    arn = bus_arn(unknown("parameter 'Bus'"))

    picture = picture_of(a_topology(a_bus(), a_rule(a_target(arn))))

    assert node(picture, "«parameter 'Bus'»").sure is False


def test_a_finding_about_a_target_is_on_what_is_delivered_to_it() -> None:
    about_target, about_rule = a_location("Take").at("Targets.0.Arn"), a_location("Take")

    picture = picture_of(estate(), [a_finding(about_target), a_finding(about_rule)])

    assert edge(picture, subscription().arn, BILLING_BUS, EdgeKind.DELIVERS).remarks == (1,)
    assert node(picture, "acme-prod-billing--order-placed-v1").remarks == (2,)


def test_findings_are_told_apart_by_the_targets_of_a_rule() -> None:
    many = a_location("Many")
    targets = [a_target(queue_arn(f"q{index}"), location=many.at(f"Targets.{index}")) for index in (1, 10)]
    rule = a_rule(*targets, name="many", location=many)

    picture = picture_of(a_topology(a_bus(), rule), [a_finding(many.at("Targets.1"))])

    assert [each.end for each in picture.edges if each.remarks] == [queue_arn("q1")]


def test_a_finding_about_an_event_pattern_is_on_what_the_rule_takes() -> None:
    picture = picture_of(estate(), [a_finding(a_location("Take").at("EventPattern.detail"))])

    assert edge(picture, ORDERS_BUS, subscription().arn, EdgeKind.TAKES).remarks == (1,)


def test_a_finding_about_a_policy_or_a_role_is_where_it_has_its_effect() -> None:
    policy, role = a_policy(INVOICES), a_role("from-orders")
    rule = a_rule(a_target(BILLING_BUS, role_arn=role_arn("from-orders")), name="by-role")

    picture = picture_of(estate(policy, role, rule), [a_finding(policy.location), a_finding(role.location)])

    assert node(picture, "invoices").remarks == (1,)
    assert edge(picture, rule.arn, BILLING_BUS, EdgeKind.DELIVERS).remarks == (2,)


def test_a_finding_about_nothing_that_is_drawn_is_said_beside_the_picture() -> None:
    picture = picture_of(estate(), [a_finding(a_location("Elsewhere"), "no such thing")])

    assert picture.remarks == [Remark(severity="error", says="DLV001: no such thing", drawn=False)]
    assert not any(each.remarks for each in picture.drawn)


def _rules(picture: Picture) -> list[Node]:
    return [each for each in picture.nodes if each.kind is NodeKind.RULE]
