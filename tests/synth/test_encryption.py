"""One argument encrypts a bus with all that belongs to it, and every policy that has to know of it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import Acknowledgment, App, Stack, Validations
from aws_cdk import aws_iam as iam
from cdk_nag import AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks

from cdk_eventbridge_patterns import (
    BusKeyReference,
    CentralBus,
    Consumer,
    ConsumerBus,
    DeadLetterQueue,
    DefaultBus,
    Disabled,
    Encryption,
    EncryptionKey,
    EventBridgeChecks,
    EventContract,
    FieldEncryptionKey,
    FieldKeyReference,
    IdempotentConsumer,
    Member,
    MultiBusTopology,
    Platform,
    ProducerBus,
    SchemaRegistry,
    Service,
    ServiceBus,
    ServiceStack,
    SingleBusTopology,
    StandardEnvelope,
    Subscriptions,
)
from cdk_eventbridge_patterns.contracts import S3_OBJECT_CREATED
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError, PlacementError
from tests.templates import SynthesizedStack, synthesize
from tests.world import (
    BILLING,
    INVOICE_ISSUED,
    ON_ORDERS,
    ORDER_PLACED,
    ORDERS,
    ORDERS_BUS,
    REGION,
    a_function,
    a_stack,
    an_app,
)

PLATFORM = "444444444444"
ALIAS, BILLING_ALIAS = "alias/acme-prod-orders", "alias/acme-prod-billing"
SERVICES = [
    Service("orders", ORDERS, publishes=[ORDER_PLACED], consumes=[INVOICE_ISSUED]),
    Service("billing", BILLING, publishes=[INVOICE_ISSUED], consumes=[ORDER_PLACED]),
]
CARD_CHARGED = EventContract(
    service="orders",
    event="CardCharged",
    detail={"type": "object", "properties": {"number": {"type": "string", "x-sensitive": True}}},
)


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SynthesizedStack]:
    """Orders and billing, who consume from each other, each with keys of its own; and who reads what is encrypted."""
    app = an_app(tmp_path_factory.mktemp("encrypted"))
    estate = MultiBusTopology(app, "Estate", services=SERVICES, region=REGION, encryption=Encryption())
    Validations.of(app).add_plugins(
        EventBridgeChecks(app), AwsSolutionsChecks(app), ServerlessChecks(app), NIST80053R5Checks(app)
    )
    inline = Acknowledgment(id="NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy", reason="The CDK's own grants are.")
    Validations.of(app).acknowledge(inline)
    billing = estate.stacks["billing"]
    reader = a_role(billing, "Reader")
    inbox = billing.inbox.node.find_child("InboxOrdersOrderPlacedV1")
    inbox.queue(ORDER_PLACED).grant_consume_messages(reader)  # type: ignore[attr-defined]
    redrive = a_role(estate.subscription_stacks["billing"], "Redrive")
    lost = estate.subscription_stacks["billing"].subscriptions.dead_letter_queue
    assert lost is not None
    lost.queue.grant_consume_messages(redrive)
    BusKeyReference(bus=ON_ORDERS).grant_decrypt_dead_letters(redrive)
    orders = estate.stacks["orders"]
    key = FieldEncryptionKey(
        orders,
        "FieldKey",
        service="orders",
        events=[CARD_CHARGED],
        decrypted_by=[Consumer("billing", BILLING, events=[CARD_CHARGED])],
    )
    key.grant_encrypt(a_role(orders, "Checkout"))
    FieldKeyReference.of("orders", account=ORDERS).grant_decrypt(reader, CARD_CHARGED)
    return synthesize(app)


def a_role(stack: Stack, id: str) -> iam.Role:
    return iam.Role(stack, id, assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))


def may(stack: SynthesizedStack, id: str, action: str) -> list[dict[str, Any]]:
    """Return the statements by which a role may do *action*."""
    found = []
    for policy in stack.of_type("AWS::IAM::Policy").values():
        properties = policy["Properties"]
        if any(role["Ref"].startswith(id) for role in properties["Roles"]):
            found += [
                each
                for each in properties["PolicyDocument"]["Statement"]
                if action in ([each["Action"]] if isinstance(each["Action"], str) else each["Action"])
            ]
    return found


# -- One argument


def test_bus_archive_and_queues_name_one_key_by_its_alias(estate: dict[str, SynthesizedStack]) -> None:
    orders = estate["Estate/Orders"]

    assert orders.properties("OrdersBus")["KmsKeyIdentifier"] == ALIAS
    assert orders.properties("OrdersBusArchive")["KmsKeyIdentifier"] == ALIAS
    for queue in orders.of_type("AWS::SQS::Queue").values():
        assert queue["Properties"]["KmsMasterKeyId"] == ALIAS
        assert "SqsManagedSseEnabled" not in queue["Properties"]
    assert list(orders.of_type("AWS::KMS::Alias")) == ["OrdersKeyAlias", "OrdersFieldsKeyAlias"]


def test_what_names_the_alias_waits_for_it(estate: dict[str, SynthesizedStack]) -> None:
    orders = estate["Estate/Orders"]

    waiting = [*orders.of_type("AWS::SQS::Queue"), *orders.of_type("AWS::Events::EventBus")]

    assert all("OrdersKeyAlias" in orders.resources[each]["DependsOn"] for each in waiting)


def test_an_encrypted_bus_has_a_dead_letter_queue_that_lets_it_in(estate: dict[str, SynthesizedStack]) -> None:
    orders = estate["Estate/Orders"]

    queue = orders.properties("OrdersBus")["DeadLetterConfig"]["Arn"]
    allowed = orders.properties("OrdersDeadLettersQueuePolicy")["PolicyDocument"]["Statement"][0]

    assert queue == f"arn:aws:sqs:{REGION}:{ORDERS}:acme-prod-orders--dead-letters"
    assert ORDERS_BUS in allowed["Condition"]["ArnEquals"]["aws:SourceArn"]
    assert "OrdersDeadLettersQueuePolicy" in orders.resources["OrdersBus"]["DependsOn"]


def test_the_queue_of_a_subscription_has_a_key_that_knows_the_accounts_of_rule_and_queue(
    estate: dict[str, SynthesizedStack],
) -> None:
    stack = estate["Estate/BillingSubscriptions"]

    policy = stack.properties("BillingSubscriptionsKey")["KeyPolicy"]["Statement"]

    (write,) = [each for each in policy if each["Sid"] == "WriteToQueues"]
    assert write["Condition"]["StringEquals"] == {"aws:SourceAccount": [ORDERS, BILLING]}
    assert stack.one("AWS::SQS::Queue")["KmsMasterKeyId"] == f"{BILLING_ALIAS}--subscriptions"


def test_all_packs_are_content(estate: dict[str, SynthesizedStack]) -> None:
    """Synthesis of the fixture would have failed."""
    assert estate.keys() == {
        "Estate/Orders",
        "Estate/OrdersSubscriptions",
        "Estate/Billing",
        "Estate/BillingSubscriptions",
    }


def test_nothing_is_taken_from_another_stack(estate: dict[str, SynthesizedStack]) -> None:
    assert all("ImportValue" not in str(stack.template) for stack in estate.values())


def test_without_the_argument_there_is_no_key(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    MultiBusTopology(app, "Estate", services=SERVICES, region=REGION)

    stacks = synthesize(app)

    properties = [each.get("Properties") for stack in stacks.values() for each in stack.resources.values()]
    assert "kms" not in str(properties).lower()


# -- Who reads


def test_who_may_read_an_inbox_may_decrypt_by_its_key(estate: dict[str, SynthesizedStack]) -> None:
    by_key = [each for each in may(estate["Estate/Billing"], "Reader", "kms:Decrypt") if "Condition" not in each]

    assert [each["Resource"] for each in by_key] == [{"Fn::GetAtt": ["BillingKey", "Arn"]}]


def test_who_may_redrive_decrypts_by_the_key_of_the_queue_and_by_that_of_the_producers_bus(
    estate: dict[str, SynthesizedStack],
) -> None:
    statements = may(estate["Estate/BillingSubscriptions"], "Redrive", "kms:Decrypt")

    own = [each for each in statements if "Condition" not in each]
    producers = [each for each in statements if "Condition" in each]
    assert [each["Resource"] for each in own] == [{"Fn::GetAtt": ["BillingSubscriptionsKey", "Arn"]}]
    assert {each["Resource"] for each in producers} == {f"arn:aws:kms:{REGION}:{ORDERS}:key/*"}
    for each in producers:
        assert each["Condition"]["ForAnyValue:StringEquals"] == {"kms:ResourceAliases": ALIAS}
        assert list(each["Condition"]["StringEquals"].values()) == [ORDERS_BUS]


def test_a_producer_encrypts_and_a_consumer_decrypts_fields_of_just_their_events(
    estate: dict[str, SynthesizedStack],
) -> None:
    (encrypt,) = may(estate["Estate/Orders"], "Checkout", "kms:Encrypt")
    (decrypt,) = [each for each in may(estate["Estate/Billing"], "Reader", "kms:Decrypt") if "Condition" in each]

    event = {"kms:EncryptionContext:event": "orders/CardCharged.v1"}
    assert encrypt["Action"] == ["kms:Encrypt", "kms:GenerateDataKey"]
    assert encrypt["Condition"] == {"StringEquals": event}
    assert decrypt["Resource"] == f"arn:aws:kms:{REGION}:{ORDERS}:key/*"
    assert decrypt["Condition"] == {
        "StringEquals": event,
        "ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/acme-prod-orders--fields"},
    }


# -- Every construct


def test_a_central_bus_lets_its_consuming_members_decrypt_and_no_others(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    stack = a_stack(app, "Platform", PLATFORM)
    CentralBus(
        stack,
        "Bus",
        service="platform",
        members=[
            Member("orders", ORDERS, publishes=[ORDER_PLACED]),
            Member("billing", BILLING, consumes=[ORDER_PLACED]),
        ],
        encryption=EncryptionKey(stack, "Key", service="platform"),
    )

    policy = synthesize(app)["Platform"].one("AWS::KMS::Key")["KeyPolicy"]["Statement"]

    billing = {"AWS": f"arn:aws:iam::{BILLING}:root"}
    assert {each["Sid"]: each["Principal"] for each in policy if each["Sid"].startswith("Read")} == {
        "ReadAcmeProdPlatformRules": billing,
        "ReadAcmeProdPlatformDeadLetters": billing,
    }


def test_where_an_organisation_may_subscribe_it_may_decrypt(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    stack = a_stack(app, "Orders", ORDERS)
    ProducerBus(
        stack,
        "Bus",
        service="orders",
        publishes=[ORDER_PLACED],
        organization_id="o-exampleorg1",
        encryption=EncryptionKey(stack, "Key", service="orders"),
    )

    policy = synthesize(app)["Orders"].one("AWS::KMS::Key")["KeyPolicy"]["Statement"]

    readers = [each for each in policy if each["Sid"].startswith("Read")]
    assert [each["Principal"] for each in readers] == [{"AWS": "*"}] * 2
    for each in readers:
        assert each["Action"] == "kms:Decrypt"
        assert each["Condition"]["StringEquals"]["aws:PrincipalOrgID"] == "o-exampleorg1"
        assert ORDERS_BUS in each["Condition"]["StringEquals"].values()


def test_a_single_bus_topology_has_a_key_in_every_stack_that_keeps_events(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    platform = Platform("platform", PLATFORM, encryption=Encryption(rotation_days=90))
    publisher = Service("shipping", "333333333333", publishes=[SHIPPED])
    SingleBusTopology(
        app, "Estate", services=[*SERVICES, publisher], region=REGION, platform=platform, encryption=Encryption()
    )

    stacks = synthesize(app)

    assert {path: [*stack.of_type("AWS::KMS::Key")] for path, stack in stacks.items()} == {
        "Estate/Platform": ["PlatformKey"],
        "Estate/Orders": ["OrdersKey"],
        "Estate/OrdersSubscriptions": ["OrdersSubscriptionsKey"],
        "Estate/Billing": ["BillingKey"],
        "Estate/BillingSubscriptions": ["BillingSubscriptionsKey"],
        "Estate/Shipping": [],
    }
    assert stacks["Estate/Platform"].one("AWS::KMS::Key")["RotationPeriodInDays"] == 90


SHIPPED = EventContract(service="shipping", event="OrderShipped", detail={"type": "object"})


def test_a_key_of_another_name_serves_a_queue_of_its_own(app: App, orders_stack: Stack) -> None:
    key = EncryptionKey(orders_stack, "Key", service="orders", name="failures")
    queue = DeadLetterQueue(orders_stack, "Failures", service="orders", name="failures", encryption=key)
    queue.allow_rules(f"arn:aws:events:{REGION}:{BILLING}:rule/acme-prod-billing/acme-prod-orders--invoice-issued-v1")

    stack = synthesize(app)["Orders"]

    assert key.alias_name == "alias/acme-prod-orders--failures"
    assert stack.one("AWS::SQS::Queue")["KmsMasterKeyId"] == key.alias_name
    write = stack.one("AWS::KMS::Key")["KeyPolicy"]["Statement"][1]
    assert write["Condition"]["StringEquals"] == {"aws:SourceAccount": [ORDERS, BILLING]}


def test_the_queues_of_a_bus_that_exists_and_of_the_default_bus_are_encrypted_and_the_bus_is_left_alone(
    app: App, orders_stack: Stack
) -> None:
    key = EncryptionKey(orders_stack, "Key", service="orders")
    existing = ServiceBus.from_event_bus_arn(
        orders_stack, "Existing", ORDERS_BUS, service="orders", publishes=[ORDER_PLACED], encryption=key
    )
    default = DefaultBus(orders_stack, "Default", service="orders", encryption=key)
    existing.deliver_to_inbox(ORDER_PLACED)
    default.deliver_to_inbox(S3_OBJECT_CREATED)

    stack = synthesize(app)["Orders"]

    queues = [each["Properties"]["KmsMasterKeyId"] for each in stack.of_type("AWS::SQS::Queue").values()]
    assert queues == [ALIAS] * 4
    sids = [each["Sid"] for each in stack.one("AWS::KMS::Key")["KeyPolicy"]["Statement"]]
    assert sids == ["Administer", "WriteToQueues"]


def test_an_idempotent_consumer_has_queues_and_table_under_the_key_of_its_bus(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    Validations.of(app).add_plugins(EventBridgeChecks(app), AwsSolutionsChecks(app))
    stack = a_stack(app, "Billing", BILLING)
    key = EncryptionKey(stack, "Key", service="billing")
    bus = ConsumerBus(stack, "Bus", service="billing", encryption=key)
    # Imported, as what cdk-nag says of functions and their roles is not asked here.
    role = iam.Role.from_role_arn(stack, "Role", f"arn:aws:iam::{BILLING}:role/invoices")
    IdempotentConsumer(stack, "Invoices", bus=bus, events=[CHARGED_ONCE], function=a_function(stack, role=role))

    made = synthesize(app)["Billing"]

    queues = {name: each["Properties"]["KmsMasterKeyId"] for name, each in made.of_type("AWS::SQS::Queue").items()}
    assert queues == {
        "BillingDeadLettersQueue": BILLING_ALIAS,
        "BillingOrdersOrderChargedV1Queue": BILLING_ALIAS,
        "BillingOrdersOrderChargedV1DeadLettersQueue": BILLING_ALIAS,
    }
    table = made.one("AWS::DynamoDB::Table")
    assert table["SSESpecification"] == {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": BILLING_ALIAS}
    (table_id,) = made.of_type("AWS::DynamoDB::Table")
    assert "BillingKeyAlias" in made.resources[table_id]["DependsOn"]
    by_key = [each for each in made.one("AWS::IAM::Policy")["PolicyDocument"]["Statement"] if "Condition" in each]
    assert {str(each["Condition"]["ForAnyValue:StringEquals"]) for each in by_key} == {
        str({"kms:ResourceAliases": BILLING_ALIAS})
    }


CHARGED_ONCE = EventContract(
    service="orders", event="OrderCharged", detail={"type": "object"}, envelope=StandardEnvelope()
)


def test_a_log_group_and_the_logs_of_buses_are_let_in_when_asked_for(app: App, orders_stack: Stack) -> None:
    key = EncryptionKey(orders_stack, "Key", service="orders")
    key.allow_log_groups(f"arn:aws:logs:{REGION}:{ORDERS}:log-group:orders")
    key.allow_logs_of_buses()

    policy = synthesize(app)["Orders"].one("AWS::KMS::Key")["KeyPolicy"]["Statement"]

    assert [each["Sid"] for each in policy] == ["Administer", "WriteToLogGroups", "EncryptBusLogs", "DeliverBusLogs"]


# -- Refusals


def test_fails_on_discovery_of_an_encrypted_bus_and_leaves_the_stack_as_it_was(orders_stack: Stack) -> None:
    key = EncryptionKey(orders_stack, "Key", service="orders")

    with pytest.raises(DeclarationError, match="discover_in must not name the stage of bus 'acme-prod-orders'"):
        ProducerBus(
            orders_stack,
            "Bus",
            service="orders",
            publishes=[ORDER_PLACED],
            encryption=key,
            schema_registry=SchemaRegistry(discover_in=["prod"]),
        )

    assert [each.node.id for each in orders_stack.node.children] == ["Key"]


def test_fails_on_a_key_of_another_account(orders_stack: Stack, billing_stack: Stack) -> None:
    key = EncryptionKey(orders_stack, "Key", service="orders")

    with pytest.raises(DeclarationError, match="encryption must be in the account and Region of the stack"):
        ConsumerBus(billing_stack, "Bus", service="billing", encryption=key)


@pytest.mark.parametrize("wrong", [Encryption(), Disabled("no"), "alias/orders"])
def test_fails_on_what_is_no_key(orders_stack: Stack, wrong: Any) -> None:
    for construct in (ConsumerBus, DeadLetterQueue, Subscriptions):
        with pytest.raises(DeclarationError, match="encryption must be an EncryptionKey"):
            construct(orders_stack, "It", service="orders", encryption=wrong)


def test_fails_on_settings_that_are_none(app: App) -> None:
    with pytest.raises(DeclarationError, match="encryption must be Encryption"):
        ServiceStack(app, "Orders", service="orders", publishes=[ORDER_PLACED], encryption=True)  # type: ignore[arg-type]
    with pytest.raises(DeclarationError, match="encryption must be Encryption"):
        Service("orders", ORDERS, publishes=[ORDER_PLACED], encryption="yes")  # type: ignore[arg-type]

    assert app.node.children == []


def test_fails_on_the_same_key_twice(orders_stack: Stack) -> None:
    EncryptionKey(orders_stack, "Key", service="orders")

    with pytest.raises(PlacementError, match="'OrdersKey' is in stack 'Orders' already"):
        EncryptionKey(orders_stack, "Again", service="orders")


def test_a_role_in_another_stack_encrypts_without_an_export(app: App, orders_stack: Stack) -> None:
    key = FieldEncryptionKey(orders_stack, "Key", service="orders", events=[CARD_CHARGED])
    key.grant_encrypt(a_role(a_stack(app, "Checkout", ORDERS), "Role"))

    stacks = synthesize(app)

    (statement,) = may(stacks["Checkout"], "Role", "kms:Encrypt")
    assert statement["Resource"] == f"arn:aws:kms:{REGION}:{ORDERS}:key/*"
    assert statement["Condition"]["ForAnyValue:StringEquals"] == {"kms:ResourceAliases": f"{ALIAS}--fields"}
    assert "Outputs" not in stacks["Orders"].template


def test_fails_on_a_role_of_another_account_that_would_encrypt(orders_stack: Stack, billing_stack: Stack) -> None:
    key = FieldEncryptionKey(orders_stack, "Key", service="orders", events=[CARD_CHARGED])

    with pytest.raises(AccessError, match="grantee must be in the account of the key, 111111111111"):
        key.grant_encrypt(a_role(billing_stack, "Role"))


def test_fails_on_grants_of_what_the_key_is_not_for(orders_stack: Stack) -> None:
    key = FieldEncryptionKey(orders_stack, "Key", service="orders", events=[CARD_CHARGED])
    role, reference = a_role(orders_stack, "Role"), FieldKeyReference.of("orders", account=ORDERS)

    with pytest.raises(DeclarationError, match="events must be among those of the key"):
        key.grant_encrypt(role, ORDER_PLACED)
    with pytest.raises(DeclarationError, match="events must have a sensitive field"):
        reference.grant_decrypt(role, ORDER_PLACED)
    with pytest.raises(DeclarationError, match="events must name at least one event contract"):
        reference.grant_decrypt(role)
    with pytest.raises(AccessError, match="grantee must be a role"):
        reference.grant_decrypt(iam.ServicePrincipal("lambda.amazonaws.com"), CARD_CHARGED)
    with pytest.raises(DeclarationError, match="bus must be a BusReference by service"):
        BusKeyReference(bus=ORDERS_BUS)  # type: ignore[arg-type]
