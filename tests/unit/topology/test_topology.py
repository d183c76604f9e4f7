from dataclasses import replace

from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    REGION,
    a_bus,
    a_key,
    a_policy,
    a_queue,
    a_receiver,
    a_role,
    a_rule,
    a_target,
    a_topology,
    an_archive,
    bus_arn,
    key_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.security import KeyAlias
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided

STAGE = unknown("parameter 'Stage'")


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


def test_an_alias_is_lacking_where_the_templates_of_its_account_and_region_do_not_declare_it() -> None:
    place = {"account": ORDERS, "region": REGION}
    declared = KeyAlias(name="alias/orders", account=ORDERS, region=REGION, location=a_queue().location)
    topology, perhaps = a_topology(declared), a_topology(replace(declared, name=STAGE))

    assert not topology.lacks_alias("alias/orders", **place)
    assert topology.lacks_alias("alias/order", **place)
    assert topology.lacks_alias(f"arn:aws:kms:{REGION}:{ORDERS}:alias/order", account=BILLING, region=REGION)
    assert not topology.lacks_alias("alias/orders", account=BILLING, region=REGION)
    assert not topology.lacks_alias("alias/aws/sqs", **place)
    assert not topology.lacks_alias("1234", **place)
    assert not perhaps.lacks_alias("alias/order", **place)


def test_a_dead_letter_queue_knows_the_targets_that_name_it() -> None:
    target = a_target(bus_arn("acme-prod-billing", account=BILLING), dead_letter_arn=queue_arn())
    topology = a_topology(a_rule(target))

    (delivery,) = topology.dead_letter_queues()[queue_arn()]

    assert delivery.target == target


def test_what_was_read_and_declares_no_such_bus_role_or_queue_lacks_it() -> None:
    topology = a_topology(a_bus(), a_queue(account=ORDERS))

    assert topology.lacks_bus(bus_arn("other"))
    assert topology.lacks_role(role_arn("other", account=ORDERS))
    assert topology.lacks_receiver(queue_arn("other", account=ORDERS))
    assert not topology.lacks_bus(bus_arn())
    assert not topology.lacks_receiver(queue_arn(account=ORDERS))


def test_nothing_is_lacking_where_nothing_was_read() -> None:
    topology = a_topology(a_bus())

    assert not topology.lacks_bus(bus_arn(account=BILLING))
    assert not topology.lacks_role(role_arn(account=BILLING))
    assert not topology.lacks_receiver(queue_arn(account=BILLING))


def test_default_and_partner_buses_are_nobodys_to_declare() -> None:
    topology = a_topology(a_bus())

    assert not topology.lacks_bus(bus_arn("default"))
    assert not topology.lacks_bus(bus_arn("aws.partner/example.com/acme"))


def test_what_a_parameter_names_may_be_there() -> None:
    topology = a_topology(a_bus(), a_queue(account=ORDERS))

    assert not topology.lacks_bus(bus_arn(STAGE))
    assert not topology.lacks_role(role_arn(STAGE, account=ORDERS))
    assert not topology.lacks_receiver(queue_arn(STAGE, account=ORDERS))


def test_what_is_there_may_turn_out_to_have_the_name_that_is_asked_for() -> None:
    topology = a_topology(a_bus(STAGE), a_queue(STAGE, account=ORDERS), a_role(STAGE, account=ORDERS))

    assert not topology.lacks_bus(bus_arn("other"))
    assert not topology.lacks_role(role_arn("other", account=ORDERS))
    assert not topology.lacks_receiver(queue_arn("other", account=ORDERS))


def test_a_function_is_there_by_any_of_its_versions_and_what_is_of_no_known_kind_is_never_lacking() -> None:
    function = f"arn:aws:lambda:{REGION}:{ORDERS}:function:ship"
    topology = a_topology(a_bus(), a_receiver(function, "AWS::Lambda::Function"))

    assert not topology.lacks_receiver(f"{function}:live")
    assert topology.lacks_receiver(f"{function}-again:live")
    assert not topology.lacks_receiver(f"arn:aws:codebuild:{REGION}:{ORDERS}:project/report")


def test_rules_on_a_bus_that_a_parameter_names_are_perhaps_on_each_that_it_may_be() -> None:
    somewhere = a_rule(on=bus_arn(f"acme-{STAGE}-orders"))
    topology = a_topology(somewhere, a_rule())

    ((rule, why),) = topology.rules_perhaps_on(bus_arn("acme-prod-orders"))

    assert rule == somewhere
    assert why == Undecided("parameter 'Stage' is known at deployment only")
    assert not list(topology.rules_perhaps_on(bus_arn("acme-prod-billing")))
    assert topology.rules_on(somewhere.bus_arn) == (somewhere,)


def test_archives_are_of_one_bus() -> None:
    archive = an_archive()
    topology = a_topology(archive, an_archive(bus_arn("acme-prod-billing"), name="billing"))

    assert topology.archives_of(bus_arn()) == (archive,)
    assert topology.archives_of(bus_arn("other")) == ()


def test_a_policy_of_what_a_parameter_names_may_be_about_each_that_it_may_be() -> None:
    allow = {"Effect": "Allow", "Principal": "*", "Action": "sqs:*"}
    topology = a_topology(a_policy(queue_arn(STAGE), allow))

    (statement,) = topology.statements_on(queue_arn("lost"))

    assert statement.conditional == Undecided("parameter 'Stage' is known at deployment only")
    assert not topology.statements_on(queue_arn("lost", account=ORDERS))


def test_a_bus_that_a_parameter_names_may_be_each_that_has_rules() -> None:
    topology = a_topology(a_rule())

    ((rule, why),) = topology.rules_perhaps_on(bus_arn(STAGE))

    assert rule.bus_arn == bus_arn()
    assert isinstance(why, Undecided)
