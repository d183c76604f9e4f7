from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_key,
    a_policy,
    a_queue,
    a_rule,
    a_target,
    a_topology,
    bus_arn,
    key_arn,
    queue_arn,
    role_arn,
)


def test_what_an_account_and_region_lack_is_missing_only_where_templates_of_both_were_read() -> None:
    topology = a_topology(a_bus(account=ORDERS))

    assert topology.knows(bus_arn("other", account=ORDERS))
    assert not topology.knows(bus_arn("other", account=BILLING))
    assert not topology.knows(bus_arn("other", account=ORDERS, region="us-east-1"))


def test_iam_is_in_no_region() -> None:
    topology = a_topology(a_bus(account=ORDERS))

    assert topology.knows(role_arn("any", account=ORDERS))
    assert not topology.knows(role_arn("any", account=BILLING))


def test_moves_are_what_carries_events_to_a_bus() -> None:
    to_bus, to_queue = a_target(bus_arn("acme-prod-billing", account=BILLING)), a_target(queue_arn())
    topology = a_topology(a_rule(to_queue, to_bus))

    assert [move.target for move in topology.moves()] == [to_bus]


def test_all_policies_of_a_resource_count() -> None:
    allow = {"Effect": "Allow", "Principal": "*", "Action": "sqs:*"}
    topology = a_topology(a_queue(), a_policy(queue_arn(), allow), a_policy(queue_arn(), {**allow, "Effect": "Deny"}))

    assert [statement.allows for statement in topology.statements_on(queue_arn())] == [True, False]


def test_a_key_is_found_by_arn_by_id_and_by_alias_in_its_account_and_region() -> None:
    key = a_key("1234", aliases=("alias/orders",))
    topology = a_topology(key)

    for name in (key_arn("1234"), "1234", "alias/orders", f"arn:aws:kms:{REGION}:{BILLING}:alias/orders"):
        assert topology.key(name, account=BILLING, region=REGION) == key
    assert topology.key("alias/orders", account=ORDERS, region=REGION) is None


def test_a_dead_letter_queue_knows_the_targets_that_name_it() -> None:
    target = a_target(bus_arn("acme-prod-billing", account=BILLING), dead_letter_arn=queue_arn())
    topology = a_topology(a_rule(target))

    (delivery,) = topology.dead_letter_queues()[queue_arn()]

    assert delivery.target == target
