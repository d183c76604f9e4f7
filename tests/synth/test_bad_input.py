"""Wrong arguments, one row each: what is wrong, the mistake, and what the error must say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from aws_cdk import App, Aws, Environment, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn

from cdk_eventbridge_patterns import (
    ArchiveSettings,
    BusReference,
    Consumer,
    ConsumerBus,
    Consumes,
    DeadLetterQueue,
    Disabled,
    EventBridgePatternsError,
    EventContract,
    MultiBusTopology,
    NamingConvention,
    ProducerBus,
    RetryPolicy,
    SchemaRegistry,
    Service,
    ServiceBus,
    ServiceStack,
    Subscriptions,
    SubscriptionStack,
    TargetInput,
    TargetReference,
    accept_delivery,
    use_convention,
)
from cdk_eventbridge_patterns.errors import (
    AccessError,
    ContractError,
    DeclarationError,
    NamingError,
    PlacementError,
    TopologyError,
)

ACME = NamingConvention(organization="acme", stage="prod")
CONTEXT = "eventbridge-patterns:convention"

ORDERS, BILLING, ELSEWHERE = "111111111111", "222222222222", "333333333333"
IRELAND, VIRGINIA = "eu-west-1", "us-east-1"

DETAIL = {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail=DETAIL)
ORDER_PLACED_2 = EventContract(service="orders", event="OrderPlaced", version=2, detail=DETAIL)
ORDER_CANCELLED = EventContract(service="orders", event="OrderCancelled", detail=DETAIL)
INVOICE_ISSUED = EventContract(service="billing", event="InvoiceIssued", detail=DETAIL)
PARCEL_SHIPPED = EventContract(service="fulfilment", event="ParcelShipped", detail=DETAIL)

ON_ORDERS = BusReference.of("orders", account=ORDERS)


class World:
    """Orders publishes OrderPlaced; billing takes it and delivers it to its invoices queue. All of it is right."""

    def __init__(self) -> None:
        self.app = App()
        use_convention(self.app, ACME)
        self.orders_stack = self._stack("Orders", ORDERS)
        self.billing_stack = self._stack("Billing", BILLING)
        self.stack_without_env = Stack(self.app, "WithoutEnv")
        self.app_without_convention = App()

        self.orders = ProducerBus(self.orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED, ORDER_CANCELLED])
        self.billing = ConsumerBus(self.billing_stack, "Bus", service="billing")
        self.invoices = self._queue("invoices")
        self.billing.subscribe(ORDER_PLACED, on=ON_ORDERS, deliver_to=self.invoices)

        self.parcels = sqs.Queue.from_queue_arn(self.orders_stack, "Parcels", f"arn:aws:sqs:{IRELAND}:{ORDERS}:parcels")
        self.fifo_queue = self._queue("invoices.fifo")
        self.queue_of_another_region = self._queue("invoices", region=VIRGINIA)
        self.queue_with_the_aws_key = sqs.Queue(
            self.billing_stack, "AwsKey", encryption=sqs.QueueEncryption.KMS_MANAGED
        )
        self.dead_letters_of_another_account = DeadLetterQueue(self.orders_stack, "OrdersLost", service="orders")
        self.machine_of_another_account = sfn.StateMachine.from_state_machine_arn(
            self.billing_stack, "ForeignMachine", f"arn:aws:states:{IRELAND}:{ELSEWHERE}:stateMachine:invoice"
        )
        self.unnamed_queue_of_another_account = sqs.Queue(self.orders_stack, "Unnamed")
        self.function_that_orders_waits_for = self._function_before(self.orders_stack)
        self.log_group = logs.LogGroup.from_log_group_name(self.billing_stack, "LogGroup", "invoices")
        self.topic = sns.Topic.from_topic_arn(self.billing_stack, "Topic", f"arn:aws:sns:{IRELAND}:{BILLING}:invoices")
        self.nothing_yet = Subscriptions(self.billing_stack, "NothingYet", service="billing")
        self.bucket = s3.Bucket.from_bucket_name(self.billing_stack, "Bucket", "acme-invoices")
        self.cdk_bus = events.EventBus.from_event_bus_name(self.billing_stack, "CdkBus", "legacy")
        self.role = iam.Role(self.orders_stack, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.role_of_another_account = iam.Role.from_role_arn(
            self.orders_stack, "ForeignRole", f"arn:aws:iam::{ELSEWHERE}:role/checkout"
        )

    def paths(self) -> set[str]:
        """Return the path of every construct there is."""
        apps = (self.app, self.app_without_convention)
        return {construct.node.path for app in apps for construct in app.node.find_all()}

    def producer_bus(self, **changed: Any) -> ProducerBus:
        """Make another bus of another service, right but for what is *changed*."""
        right: dict[str, Any] = {"service": "fulfilment", "publishes": [PARCEL_SHIPPED]}
        return ProducerBus(self.orders_stack, "Another", **right | changed)

    def deliver(self, **changed: Any) -> object:
        """Deliver another event to the invoices queue, right but for what is *changed*."""
        return self.billing.deliver(ORDER_CANCELLED, **{"to": self.invoices} | changed)

    def subscribe(self, *contracts: Any, **changed: Any) -> object:
        """Subscribe billing to events of orders and deliver them, right but for what is *changed*."""
        right: dict[str, Any] = {"on": ON_ORDERS, "deliver_to": self.invoices}
        return self.billing.subscribe(*(contracts or (ORDER_CANCELLED,)), **right | changed)

    def accept(self, target: Any, **changed: Any) -> object:
        """Let orders deliver to a target of billing's, right but for what is *changed*."""
        accept_delivery(target, ORDER_PLACED, **{"on": ON_ORDERS} | changed)
        return None

    def topology(self, *services: Any, **changed: Any) -> MultiBusTopology:
        """Declare a whole topology, right but for what is *changed*."""
        return MultiBusTopology(self.app, "Shop", **{"services": services, "region": IRELAND} | changed)

    def stack(self, **changed: Any) -> ServiceStack:
        """Make the stack of another service, right but for what is *changed*."""
        right: dict[str, Any] = {"env": Environment(account=ELSEWHERE, region=IRELAND), "service": "fulfilment"}
        return ServiceStack(self.app, "Fulfilment", **right | changed)

    def _stack(self, id: str, account: str) -> Stack:
        return Stack(self.app, id, env=Environment(account=account, region=IRELAND))

    def _function_before(self, stack: Stack) -> lambda_.IFunction:
        """Return a function of another account whose stack *stack* depends on."""
        before = self._stack("Before", ELSEWHERE)
        stack.add_stack_dependency(before)
        return lambda_.Function(
            before,
            "Function",
            function_name="invoice",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): ..."),
        )

    def _queue(self, name: str, *, account: str = BILLING, region: str = IRELAND) -> sqs.IQueue:
        arn = f"arn:aws:sqs:{region}:{account}:{name}"
        return sqs.Queue.from_queue_arn(self.billing_stack, f"{name}-{account}-{region}", arn)


class Row(NamedTuple):
    what: str
    mistake: Callable[[World], object]
    error: type[EventBridgePatternsError]
    says: str


ORDERS_SERVICE = Service("orders", ORDERS, publishes=[ORDER_PLACED])
BILLING_SERVICE = Service("billing", BILLING, publishes=[INVOICE_ISSUED], consumes=[ORDER_PLACED])

CONVENTION_ROWS = [
    Row(
        "organisation with a hyphen",
        lambda _: NamingConvention(organization="ac-me", stage="prod"),
        NamingError,
        "organization must be one lower-case word, such as 'acme', got 'ac-me'",
    ),
    Row(
        "stage in capitals",
        lambda _: NamingConvention(organization="acme", stage="Prod"),
        NamingError,
        "stage must be one lower-case word, such as 'acme', got 'Prod'",
    ),
    Row(
        "domain that is a URL",
        lambda _: NamingConvention(organization="acme", stage="prod", domain="https://acme.com"),
        NamingError,
        "domain must be a reverse-DNS name, such as 'com.acme', got 'https://acme.com'",
    ),
    Row(
        "domain that is no text",
        lambda _: NamingConvention(organization="acme", stage="prod", domain=7),  # type: ignore[arg-type]
        NamingError,
        "domain must be a reverse-DNS name, such as 'com.acme', got 7",
    ),
    Row(
        "convention that is none",
        lambda world: use_convention(world.app_without_convention, "acme"),  # type: ignore[arg-type]
        NamingError,
        "convention must be a NamingConvention, such as",
    ),
    Row(
        "convention argument that is none",
        lambda world: world.producer_bus(convention="acme"),
        NamingError,
        "got 'acme'",
    ),
    Row(
        "convention set after the first stack",
        lambda world: use_convention(world.app, ACME),
        PlacementError,
        "'the app' has constructs already; set the convention before the first of them",
    ),
    Row(
        "no convention for a stack",
        lambda world: ServiceStack(
            world.app_without_convention, "Orders", env=Environment(account=ORDERS, region=IRELAND), service="orders"
        ),
        PlacementError,
        "no naming convention holds at 'Orders'; pass convention=",
    ),
    Row(
        "no convention for a topology",
        lambda world: MultiBusTopology(world.app_without_convention, "Shop", services=[ORDERS_SERVICE], region=IRELAND),
        PlacementError,
        "pass convention=, or call use_convention(app, NamingConvention(organization='acme', stage='prod'))",
    ),
    Row(
        "context without a stage",
        lambda world: _with_context(world, {"organization": "acme"}),
        NamingError,
        f"context {CONTEXT} must have organization and stage, of organization, stage, domain, ",
    ),
    Row(
        "context that is a word",
        lambda world: _with_context(world, "acme"),
        NamingError,
        f"context {CONTEXT} must have organization and stage, of organization, stage, domain, ",
    ),
    Row(
        "context with a bad stage",
        lambda world: _with_context(world, {"organization": "acme", "stage": "Prod"}),
        NamingError,
        "stage must be one lower-case word",
    ),
]

CONTRACT_ROWS = [
    Row(
        "contract of a service in capitals",
        lambda _: EventContract(service="Orders", event="OrderPlaced", detail=DETAIL),
        NamingError,
        "service must be lower-case words joined by single hyphens, such as 'order-history', got 'Orders'",
    ),
    Row(
        "event not in PascalCase",
        lambda _: EventContract(service="orders", event="order-placed", detail=DETAIL),
        NamingError,
        "event must be a past-tense fact in PascalCase, such as 'OrderPlaced', got 'order-placed'",
    ),
    Row(
        "contract of version 0",
        lambda _: EventContract(service="orders", event="OrderPlaced", version=0, detail=DETAIL),
        ContractError,
        "version must be a whole number from 1, got 0",
    ),
    Row(
        "contract with a bad schema",
        lambda _: EventContract(service="orders", event="OrderPlaced", detail={"type": "objekt"}),
        ContractError,
        "detail of OrderPlaced.v1 must be a valid JSON Schema: 'objekt' is not valid",
    ),
    Row(
        "contract whose schema is of an array",
        lambda _: EventContract(service="orders", event="OrderPlaced", detail={"type": "array"}),
        ContractError,
        "must be a JSON Schema of type 'object', got type 'array'",
    ),
    Row(
        "contract without a schema",
        lambda _: EventContract(service="orders", event="OrderPlaced", detail="OrderPlaced"),  # type: ignore[arg-type]
        ContractError,
        "detail of OrderPlaced.v1 must be a pydantic model or a JSON Schema, got 'OrderPlaced'",
    ),
    Row(
        "example that does not fit",
        lambda _: EventContract(service="orders", event="OrderPlaced", detail=DETAIL, examples=[{"id": 7}]),
        ContractError,
        "example 1 of OrderPlaced.v1 must fit its schema: 7 is not of type 'string' (at $.id)",
    ),
    Row(
        "unknown data class",
        lambda _: EventContract(
            service="orders",
            event="OrderPlaced",
            detail=DETAIL,
            data_class="top-secret",  # type: ignore[arg-type]
        ),
        ContractError,
        "data_class must be one of",
    ),
    Row(
        "source that belongs to AWS",
        lambda _: EventContract(service="orders", event="OrderPlaced", detail=DETAIL, source="aws.orders"),
        NamingError,
        "got 'aws.orders'",
    ),
    Row(
        "source that is no text",
        lambda _: EventContract(service="orders", event="OrderPlaced", detail=DETAIL, source=7),  # type: ignore[arg-type]
        NamingError,
        "got 7",
    ),
]

REFERENCE_ROWS = [
    Row(
        "account as a number",
        lambda _: BusReference.of("orders", account=111111111111),  # type: ignore[arg-type]
        NamingError,
        "account must be a 12-digit account id in quotes, such as '111111111111', got 111111111111",
    ),
    Row(
        "account of 11 digits",
        lambda _: Consumer("billing", "22222222222"),
        NamingError,
        "account must be a 12-digit account id in quotes, such as '111111111111', got '22222222222'",
    ),
    Row(
        "account as a token",
        lambda _: Consumer("billing", Aws.ACCOUNT_ID),
        NamingError,
        "account must be a 12-digit account id in quotes, such as '111111111111', got '${Token[",
    ),
    Row(
        "publisher that is a name",
        lambda world: world.producer_bus(publishers=["checkout"]),
        NamingError,
        "publishers must be a 12-digit account id in quotes, such as '111111111111', got 'checkout'",
    ),
    Row(
        "Region by its city",
        lambda _: BusReference.of("orders", account=ORDERS, region="Ireland"),
        NamingError,
        "region must be a Region, such as 'eu-west-1', got 'Ireland'",
    ),
    Row(
        "Region as a token",
        lambda _: Consumer("billing", BILLING, region=Aws.REGION),
        NamingError,
        "region must be a Region, such as 'eu-west-1', got '${Token[",
    ),
    Row(
        "qualifier in capitals",
        lambda _: BusReference.of("orders", account=ORDERS, qualifier="Audit"),
        NamingError,
        "qualifier must be lower-case words joined by single hyphens, such as 'large-orders', got 'Audit'",
    ),
    Row(
        "ARN that is a name",
        lambda _: BusReference.from_arn("acme-prod-orders"),
        NamingError,
        "event_bus_arn must be a literal ARN, such as",
    ),
    Row(
        "ARN of the default bus",
        lambda _: BusReference.from_arn(f"arn:aws:events:{IRELAND}:{ORDERS}:event-bus/default"),
        NamingError,
        "event_bus_arn must be the ARN of a custom event bus, such as",
    ),
    Row(
        "import of a bus of another account",
        lambda world: ServiceBus.from_event_bus_arn(
            world.billing_stack,
            "Legacy",
            f"arn:aws:events:{IRELAND}:{ORDERS}:event-bus/legacy",
            service="billing",
        ),
        DeclarationError,
        f"must be in the stack's account and Region, {BILLING} and {IRELAND}; a bus elsewhere is a BusReference",
    ),
]

BUS_ROWS = [
    Row(
        "bus in a stack without env",
        lambda world: ConsumerBus(world.stack_without_env, "Bus", service="billing"),
        PlacementError,
        "stack 'WithoutEnv' needs a literal account and Region",
    ),
    Row(
        "bus in no stack",
        lambda world: ConsumerBus(world.app, "Bus", service="billing"),
        PlacementError,
        "'the app' is in no stack; put the construct in a Stack",
    ),
    Row(
        "bus of a service in capitals",
        lambda world: ConsumerBus(world.billing_stack, "Another", service="Billing"),
        NamingError,
        "service must be lower-case words joined by single hyphens, such as 'order-history', got 'Billing'",
    ),
    Row(
        "bus name too long",
        lambda world: ConsumerBus(
            world.billing_stack, "Another", service="x" * 300, archive=Disabled("its name is shorter still")
        ),
        NamingError,
        "event bus name must be at most 256 characters, got 310",
    ),
    Row(
        "archive name too long",
        lambda world: ConsumerBus(world.billing_stack, "Another", service="x" * 50),
        NamingError,
        "archive name must be at most 48 characters, got 60",
    ),
    Row(
        "schema registry name too long",
        lambda world: world.producer_bus(
            service="x" * 60,
            publishes=[EventContract(service="x" * 60, event="OrderPlaced", detail=DETAIL)],
            archive=Disabled("its name is shorter still"),
            monitoring=Disabled("so are the names of deliveries of logs"),
        ),
        NamingError,
        "schema registry name must be at most 64 characters, got 70",
    ),
    Row(
        "one bus twice in a stack",
        lambda world: world.producer_bus(service="orders", publishes=[ORDER_PLACED]),
        PlacementError,
        "'OrdersBus' is in stack 'Orders' already",
    ),
    Row(
        "bus that publishes nothing",
        lambda world: world.producer_bus(publishes=[]),
        DeclarationError,
        "publishes must name at least one event contract; a service that publishes nothing has a ConsumerBus",
    ),
    Row(
        "event of another service",
        lambda world: world.producer_bus(publishes=[PARCEL_SHIPPED, INVOICE_ISSUED]),
        DeclarationError,
        "'fulfilment' can't publish InvoiceIssued.v1: its contract belongs to 'billing'",
    ),
    Row(
        "published event twice",
        lambda world: world.producer_bus(publishes=[PARCEL_SHIPPED, PARCEL_SHIPPED]),
        DeclarationError,
        "publishes names ParcelShipped.v1 twice; an event has one contract",
    ),
    Row(
        "published event by its name",
        lambda world: world.producer_bus(publishes=["ParcelShipped"]),
        DeclarationError,
        "publishes must be a list of event contracts, such as [ORDER_PLACED], got ['ParcelShipped']",
    ),
    Row(
        "published event outside a list",
        lambda world: world.producer_bus(publishes=PARCEL_SHIPPED),
        DeclarationError,
        "publishes must be a list of event contracts, such as [ORDER_PLACED], got EventContract(",
    ),
    Row(
        "consumer of no events",
        lambda _: Consumer("billing", BILLING, events=[]),
        AccessError,
        "events of consumer 'billing' must name at least one contract; leave it out to allow all",
    ),
    Row(
        "consumer of an event outside a list",
        lambda _: Consumer("billing", BILLING, events=ORDER_PLACED),  # type: ignore[arg-type]
        AccessError,
        "events of consumer 'billing' must be a list of event contracts, such as [ORDER_PLACED], got EventContract(",
    ),
    Row(
        "consumer of an event by its name",
        lambda _: Consumer("billing", BILLING, events=["OrderPlaced"]),  # type: ignore[list-item]
        AccessError,
        "events of consumer 'billing' must be a list of event contracts, such as [ORDER_PLACED], got ['OrderPlaced']",
    ),
    Row(
        "consumer by its name",
        lambda world: world.producer_bus(consumers=["billing"]),
        DeclarationError,
        "consumers must be a list of Consumers, such as [Consumer('billing', '222222222222')], got ['billing']",
    ),
    Row(
        "consumer allowed an event the bus does not have",
        lambda world: world.producer_bus(consumers=[Consumer("billing", BILLING, events=[ORDER_PLACED])]),
        DeclarationError,
        "consumer 'billing' is allowed OrderPlaced.v1 of 'orders', which this bus does not publish; "
        "it publishes ['ParcelShipped.v1']",
    ),
    Row(
        "consumer twice",
        lambda world: world.producer_bus(consumers=[Consumer("billing", BILLING), Consumer("billing", ELSEWHERE)]),
        DeclarationError,
        "consumer 'billing' is declared twice; list all its events in one Consumer",
    ),
    Row(
        "consumer of its own bus",
        lambda world: world.producer_bus(consumers=[Consumer("fulfilment", ORDERS)]),
        DeclarationError,
        "'fulfilment' can't be a consumer of its own bus; deliver() needs no permission",
    ),
    Row(
        "organisation id malformed",
        lambda world: world.producer_bus(organization_id="acme"),
        NamingError,
        "organization_id must be an AWS organisation id, such as 'o-exampleorg1', got 'acme'",
    ),
    Row(
        "organisation and consumers",
        lambda world: world.producer_bus(organization_id="o-exampleorg1", consumers=[Consumer("billing", BILLING)]),
        DeclarationError,
        "give consumers or organization_id, not both",
    ),
    Row(
        "policy over the quota",
        lambda world: world.producer_bus(
            consumers=[Consumer(f"consumer-{number}", f"{number:012}") for number in range(20)]
        ),
        AccessError,
        "over the quota of 10240; pass organization_id=",
    ),
    Row(
        "archive for no days",
        lambda world: world.producer_bus(archive=ArchiveSettings(retention_days=0)),
        DeclarationError,
        "retention_days must be 1 to 36500 days, or None for ever, got 0",
    ),
    Row(
        "archive as a number",
        lambda world: world.producer_bus(archive=30),
        DeclarationError,
        "archive must be ArchiveSettings(…) or Disabled(reason), got 30",
    ),
    Row(
        "archive switched off by False",
        lambda world: ConsumerBus(
            world.billing_stack,
            "Another",
            service="fulfilment",
            archive=False,  # type: ignore[arg-type]
        ),
        DeclarationError,
        "archive must be ArchiveSettings(…) or Disabled(reason), got False",
    ),
    Row(
        "schema registry switched off without a reason",
        lambda world: world.producer_bus(schema_registry=Disabled),
        DeclarationError,
        "schema_registry must be SchemaRegistry(…) or Disabled(reason), got",
    ),
    Row(
        "schema registry switched on by True in a topology",
        lambda world: world.topology(
            Service("fulfilment", ELSEWHERE, publishes=[PARCEL_SHIPPED]),
            schema_registry=True,
        ),
        DeclarationError,
        "schema_registry must be SchemaRegistry(…) or Disabled(reason), got True",
    ),
    Row(
        "schema registry switched off by False for a service of a topology",
        lambda world: world.topology(
            Service("fulfilment", ELSEWHERE, publishes=[PARCEL_SHIPPED], schema_registry=False),  # type: ignore[arg-type]
        ),
        DeclarationError,
        "schema_registry must be SchemaRegistry(…) or Disabled(reason), got False",
    ),
    Row(
        "schema registry of a service that publishes nothing",
        lambda _: Service("billing", BILLING, consumes=[ORDER_PLACED], schema_registry=SchemaRegistry()),
        TopologyError,
        "schema_registry must be left out, for 'billing' publishes nothing, got SchemaRegistry(",
    ),
    Row(
        "schemas in a dialect by name",
        lambda _: SchemaRegistry(dialect="OpenApi3"),  # type: ignore[arg-type]
        DeclarationError,
        "dialect must be a SchemaDialect, JSON_SCHEMA_DRAFT_4 or OPEN_API_3, got 'OpenApi3'",
    ),
    Row(
        "reader of schemas by name",
        lambda _: SchemaRegistry(readers=["billing"]),
        NamingError,
        "readers must be a 12-digit account id in quotes, such as '111111111111', got 'billing'",
    ),
    Row(
        "one reader of schemas, not in a list",
        lambda _: SchemaRegistry(readers=BILLING),
        DeclarationError,
        "readers must be a list of account ids, such as ['222222222222'], got '222222222222'",
    ),
    Row(
        "everyone as the organisation that reads schemas",
        lambda _: SchemaRegistry(organization_id="*"),
        NamingError,
        "organization_id must be an AWS organisation id, such as 'o-exampleorg1', got '*'",
    ),
    Row(
        "readers of schemas beside their organisation",
        lambda _: SchemaRegistry(organization_id="o-exampleorg1", readers=[BILLING]),
        DeclarationError,
        "organization_id already lets every account read; give it, or readers and consumers_read, but not both",
    ),
    Row(
        "consumers that read schemas by count",
        lambda _: SchemaRegistry(consumers_read=2),  # type: ignore[arg-type]
        DeclarationError,
        "consumers_read must be True or False, got 2",
    ),
    Row(
        "discovery of schemas in a stage by its whole name",
        lambda _: SchemaRegistry(discover_in=["Acme Dev"]),
        DeclarationError,
        "discover_in must be stages of one lower-case word, such as 'dev', got 'Acme Dev'",
    ),
    Row(
        "discovery of schemas switched on by True",
        lambda _: SchemaRegistry(discover_in=True),  # type: ignore[arg-type]
        DeclarationError,
        "discover_in must be a list of stages, such as ['dev'], got True",
    ),
    Row(
        "discovery of schemas in a stage that the convention does not have",
        lambda world: world.producer_bus(
            schema_registry=SchemaRegistry(discover_in=["devel"]),
            convention=NamingConvention(organization="acme", stage="dev", allowed={"stage": ["dev", "prod"]}),
        ),
        DeclarationError,
        "discover_in must be stages of the convention, which are ['dev', 'prod'], got 'devel'",
    ),
    Row(
        "Disabled with an empty reason",
        lambda _: Disabled(" "),
        DeclarationError,
        "reason must say why it is switched off, got ' '",
    ),
    Row(
        "publishing granted to a role of another account",
        lambda world: world.orders.grant_publish(world.role_of_another_account),
        AccessError,
        f"a principal of account {ELSEWHERE} can't be let onto bus arn:aws:events:eu-west-1:{ORDERS}:event-bus/",
    ),
    Row(
        "publishing granted to an AWS service",
        lambda world: world.orders.grant_publish(iam.ServicePrincipal("s3.amazonaws.com")),
        AccessError,
        "grant_publish needs a role or user of the stack's account",
    ),
    Row(
        "publishing granted to a name",
        lambda world: world.orders.grant_publish("checkout"),  # type: ignore[arg-type]
        AccessError,
        "grantee must be a role, a user or what has one, such as a function, got 'checkout'",
    ),
    Row(
        "publishing granted of an event of another service",
        lambda world: world.orders.grant_publish(world.role, ORDER_PLACED, INVOICE_ISSUED),
        AccessError,
        "events must be among those that are published there, OrderPlaced.v1 or OrderCancelled.v1, got EventContract(",
    ),
    Row(
        "publishing granted of a version that is not published",
        lambda world: world.orders.grant_publish(world.role, ORDER_PLACED_2),
        AccessError,
        "events must be among those that are published there, OrderPlaced.v1 or OrderCancelled.v1, got EventContract(",
    ),
    Row(
        "publishing granted of the name of an event",
        lambda world: world.orders.grant_publish(world.role, "OrderPlaced"),  # type: ignore[arg-type]
        DeclarationError,
        "events must be event contracts, such as ORDER_PLACED, got ('OrderPlaced',)",
    ),
    Row(
        "publishing granted of an event of another service, on a bus that only consumes",
        lambda world: world.billing.grant_publish(world.role, ORDER_PLACED),
        AccessError,
        "events must be of the service billing, whose bus this is, got EventContract(",
    ),
]

SUBSCRIPTION_ROWS = [
    Row(
        "subscription to nothing",
        lambda world: world.billing.subscribe(on=ON_ORDERS),
        DeclarationError,
        "at least one event contract is needed",
    ),
    Row(
        "subscription to an event by its name",
        lambda world: world.subscribe("OrderCancelled"),
        DeclarationError,
        "events must be event contracts, got 'OrderCancelled'",
    ),
    Row(
        "subscribed event twice",
        lambda world: world.subscribe(ORDER_CANCELLED, ORDER_CANCELLED),
        DeclarationError,
        "OrderCancelled.v1 of 'orders' is named twice; an event can be taken once by one rule",
    ),
    Row(
        "subscription twice",
        lambda world: world.subscribe(ORDER_PLACED, deliver_to=None),
        PlacementError,
        "'BillingTakesOrdersOrderPlacedV1' is in stack 'Billing' already; give one of the two another name",
    ),
    Row(
        "subscription twice by two names",
        lambda world: world.subscribe(ORDER_PLACED, name="again"),
        DeclarationError,
        "OrderPlaced.v1 of 'orders' would arrive twice, by subscriptions 'order-placed-v1' and 'again'; take it by one",
    ),
    Row(
        "events of two producers",
        lambda world: world.subscribe(ORDER_CANCELLED, PARCEL_SHIPPED),
        DeclarationError,
        "a subscription takes events of one producer, got events of ['fulfilment', 'orders']; make one for each",
    ),
    Row(
        "event on the bus of another service",
        lambda world: world.subscribe(PARCEL_SHIPPED),
        DeclarationError,
        "ParcelShipped.v1 is published by 'fulfilment', so it can't be had on the bus of 'orders'",
    ),
    Row(
        "subscription to the own bus",
        lambda world: world.subscribe(INVOICE_ISSUED, on=BusReference.of("billing", account=BILLING)),
        DeclarationError,
        "'billing' can't subscribe to its own bus; use deliver()",
    ),
    Row(
        "producer's bus in another Region",
        lambda world: world.subscribe(on=BusReference.of("orders", account=ORDERS, region=VIRGINIA)),
        DeclarationError,
        f"a subscription must be made in the Region of the producer's bus, {VIRGINIA}, got one in {IRELAND}",
    ),
    Row(
        "producer with two buses under one name",
        lambda world: world.subscribe(on=BusReference.of("orders", account=ELSEWHERE)),
        DeclarationError,
        "'orders' must have one bus, got",
    ),
    Row(
        "producer's bus by its name",
        lambda world: world.subscribe(on="acme-prod-orders"),
        DeclarationError,
        "on must be a bus reference, such as BusReference.of('orders', account='111111111111'), got 'acme-prod-orders'",
    ),
    Row("subscription to nowhere", lambda world: world.subscribe(on=None), DeclarationError, "on must say which bus"),
    Row(
        "subscription named in capitals",
        lambda world: world.subscribe(name="Large"),
        NamingError,
        "name must be lower-case words joined by single hyphens, such as 'large-orders', got 'Large'",
    ),
    Row(
        "role name too long",
        lambda world: Subscriptions(
            world.billing_stack, "Another", service="x" * 50, to=[Consumes(ORDER_PLACED, on=ON_ORDERS)]
        ),
        NamingError,
        "role name must be at most 64 characters, got",
    ),
    Row(
        "queue name too long",
        lambda world: DeadLetterQueue(world.billing_stack, "Another", service="x" * 80),
        NamingError,
        "queue name must be at most 80 characters",
    ),
    Row(
        "dead-letter queue twice in a stack",
        lambda world: DeadLetterQueue(world.orders_stack, "Another", service="orders"),
        PlacementError,
        "'OrdersDeadLettersQueue' is in stack 'Orders' already",
    ),
    Row(
        "dead-letter queue in a stack without env",
        lambda world: DeadLetterQueue(world.stack_without_env, "Lost", service="billing"),
        PlacementError,
        "pass env=cdk.Environment(account='111111111111', region='eu-west-1')",
    ),
    Row(
        "two sets of subscriptions with one queue",
        lambda world: Subscriptions(
            world.billing_stack,
            "Another",
            service="billing",
            to=[Consumes(PARCEL_SHIPPED, on=BusReference.of("fulfilment", account=ELSEWHERE))],
        ),
        PlacementError,
        "'BillingSubscriptionDeadLettersQueue' is in stack 'Billing' already",
    ),
    Row(
        "added subscription that is a contract",
        lambda world: world.nothing_yet.add(ORDER_PLACED),  # type: ignore[arg-type]
        DeclarationError,
        "a subscription must be a Consumes, such as Consumes(ORDER_PLACED, on=…), got EventContract(",
    ),
    Row(
        "added subscription whose queue is taken",
        lambda world: world.nothing_yet.add(
            Consumes(PARCEL_SHIPPED, on=BusReference.of("fulfilment", account=ELSEWHERE))
        ),
        PlacementError,
        "'BillingSubscriptionDeadLettersQueue' is in stack 'Billing' already",
    ),
    Row(
        "subscription that is a contract",
        lambda world: Subscriptions(
            world.billing_stack,
            "Another",
            service="fulfilment",
            to=[ORDER_PLACED],  # type: ignore[list-item]
        ),
        DeclarationError,
        "to must be a list of Consumes, such as [Consumes(ORDER_PLACED, on=…)], got [EventContract(",
    ),
    Row(
        "subscriptions for a bus elsewhere",
        lambda world: Subscriptions(
            world.billing_stack, "Another", service="fulfilment", bus=BusReference.of("fulfilment", account=ELSEWHERE)
        ),
        DeclarationError,
        f"bus must be in the stack's account, {BILLING}, got arn:aws:events:{IRELAND}:{ELSEWHERE}:",
    ),
    Row(
        "subscriptions in a stack without env",
        lambda world: Subscriptions(world.stack_without_env, "Another", service="billing"),
        PlacementError,
        "stack 'WithoutEnv' needs a literal account and Region",
    ),
]

DELIVERY_ROWS = [
    Row(
        "delivery of nothing",
        lambda world: world.billing.deliver(to=world.invoices),
        DeclarationError,
        "at least one event contract is needed",
    ),
    Row(
        "delivery twice",
        lambda world: world.billing.deliver(ORDER_PLACED, to=world.invoices),
        PlacementError,
        "is in stack 'Billing' already; give one of the two another name",
    ),
    Row(
        "delivery to a bucket",
        lambda world: world.deliver(to=world.bucket),
        DeclarationError,
        "to must be a CDK construct of one of these kinds: queue, topic, function",
    ),
    Row(
        "delivery to an ARN",
        lambda world: world.deliver(to=f"arn:aws:sqs:{IRELAND}:{BILLING}:invoices"),
        DeclarationError,
        f"got 'arn:aws:sqs:{IRELAND}:{BILLING}:invoices'",
    ),
    Row(
        "delivery to nothing",
        lambda world: world.deliver(to=None),
        DeclarationError,
        "to must be a CDK construct of one of these kinds: queue, topic, function",
    ),
    Row(
        "delivery to a bus of the library",
        lambda world: world.deliver(to=world.orders),
        DeclarationError,
        "to must not be an event bus: a consumer takes events over by subscribe() on its own bus",
    ),
    Row(
        "delivery to a dead-letter queue of the library",
        lambda world: world.deliver(to=world.dead_letters_of_another_account),
        DeclarationError,
        "to must be a CDK construct of one of these kinds: queue, topic, function",
    ),
    Row(
        "input transformer for a bus of the CDK",
        lambda world: world.deliver(to=world.cdk_bus, input=TargetInput.from_path("$.detail")),
        DeclarationError,
        "to must not be an event bus",
    ),
    Row(
        "target state machine in another account",
        lambda world: world.deliver(to=world.machine_of_another_account),
        DeclarationError,
        "across accounts EventBridge delivers to one of these kinds: queue, topic, function, stream; got state machine "
        "'Billing/ForeignMachine'; let a service of its account subscribe",
    ),
    Row(
        "target queue of another account without a name",
        lambda world: world.deliver(to=world.unnamed_queue_of_another_account),
        DeclarationError,
        "queue 'Orders/Unnamed' of another account must have a physical name, for its ARN is written into the stack of "
        "the bus, such as queue_name='invoices'; got none",
    ),
    Row(
        "target queue of another account with the AWS managed key",
        lambda world: world.orders.deliver(ORDER_PLACED, to=world.queue_with_the_aws_key),
        DeclarationError,
        "target queue must not be encrypted with the AWS managed key alias/aws/sqs",
    ),
    Row(
        "function whose stack the bus's stack waits for",
        lambda world: world.orders.deliver(ORDER_PLACED, to=world.function_that_orders_waits_for),
        DeclarationError,
        "stack 'Orders' must not depend on 'Before', which must be deployed after it: the permission of function "
        "'Before/Function' names a role of the bus's stack",
    ),
    Row(
        "reference to a target in another Region",
        lambda world: world.deliver(to=TargetReference.from_arn(f"arn:aws:sqs:{VIRGINIA}:{ELSEWHERE}:invoices")),
        DeclarationError,
        f"to must be in the Region of the bus, {IRELAND}, got {VIRGINIA}; between Regions EventBridge",
    ),
    Row(
        "reference to a FIFO queue without a message group",
        lambda world: world.deliver(to=TargetReference.queue("invoices.fifo", account=ELSEWHERE)),
        DeclarationError,
        "FIFO queue 'invoices.fifo' needs message_group_id=",
    ),
    Row(
        "message group for a reference to a standard queue",
        lambda world: world.deliver(to=TargetReference.queue("invoices", account=ELSEWHERE), message_group_id="orders"),
        DeclarationError,
        "message_group_id is for FIFO queues only, got 'orders' for a queue",
    ),
    Row(
        "delivery accepted by a log group",
        lambda world: world.accept(world.log_group),
        DeclarationError,
        "across accounts EventBridge delivers to one of these kinds: queue, topic, function, stream; got log group",
    ),
    Row(
        "delivery accepted by a bucket",
        lambda world: world.accept(world.bucket),
        DeclarationError,
        "target must be a CDK construct of one of these kinds: queue, topic",
    ),
    Row(
        "delivery accepted by a reference",
        lambda world: world.accept(TargetReference.queue("invoices", account=BILLING)),
        DeclarationError,
        "target must be a CDK construct of one of these kinds: queue, topic",
    ),
    Row(
        "delivery accepted from no bus",
        lambda world: world.accept(world.invoices, on="orders"),
        DeclarationError,
        "on must be a bus reference, such as BusReference.of('orders', account='111111111111'), got 'orders'",
    ),
    Row(
        "delivery accepted from a bus in another Region",
        lambda world: world.accept(world.invoices, on=BusReference.of("orders", account=ORDERS, region=VIRGINIA)),
        DeclarationError,
        f"on must be a bus in the Region of the target, {IRELAND}, got one in {VIRGINIA}",
    ),
    Row(
        "delivery accepted of no event",
        lambda world: accept_delivery(world.invoices, on=ON_ORDERS),
        DeclarationError,
        "at least one event contract is needed",
    ),
    Row(
        "delivery accepted under a name in capitals",
        lambda world: world.accept(world.invoices, name="Ledger"),
        NamingError,
        "name must be lower-case words joined by single hyphens, such as 'large-orders', got 'Ledger'",
    ),
    Row(
        "target queue in another Region",
        lambda world: world.subscribe(deliver_to=world.queue_of_another_region),
        DeclarationError,
        f"must be in the Region of the bus, {IRELAND}, got {VIRGINIA}",
    ),
    Row(
        "target queue with the AWS managed key",
        lambda world: world.subscribe(deliver_to=world.queue_with_the_aws_key),
        DeclarationError,
        "target queue must not be encrypted with the AWS managed key alias/aws/sqs",
    ),
    Row(
        "FIFO queue without a message group",
        lambda world: world.subscribe(deliver_to=world.fifo_queue),
        DeclarationError,
        "needs message_group_id=, the group its messages are ordered in",
    ),
    Row(
        "message group for a standard queue",
        lambda world: world.deliver(message_group_id="invoices"),
        DeclarationError,
        "message_group_id is for FIFO queues only, got 'invoices' for a queue",
    ),
    Row(
        "message group for a topic",
        lambda world: world.deliver(to=world.topic, message_group_id="invoices"),
        DeclarationError,
        "message_group_id is for FIFO queues only, got 'invoices' for a topic",
    ),
    Row(
        "message group too long",
        lambda world: world.deliver(to=world.fifo_queue, message_group_id="x" * 129),
        DeclarationError,
        "message_group_id must be at most 100 characters, got 129",
    ),
    Row(
        "FIFO dead-letter queue",
        lambda world: world.deliver(dead_letter_queue=world.fifo_queue),
        DeclarationError,
        "dead_letter_queue must be a standard queue, EventBridge refuses FIFO, got 'Billing/invoices.fifo-",
    ),
    Row(
        "dead-letter queue in another Region",
        lambda world: world.deliver(dead_letter_queue=world.queue_of_another_region),
        DeclarationError,
        f"dead_letter_queue must be in the Region of the stack, {IRELAND}, got {VIRGINIA}",
    ),
    Row(
        "dead-letter queue in another account",
        lambda world: world.deliver(dead_letter_queue=world.dead_letters_of_another_account),
        DeclarationError,
        f"dead_letter_queue must be in the account of the stack, {BILLING}, got {ORDERS}",
    ),
    Row(
        "dead-letter queue with the AWS managed key",
        lambda world: world.deliver(dead_letter_queue=world.queue_with_the_aws_key),
        DeclarationError,
        "dead_letter_queue must not be encrypted with the AWS managed key alias/aws/sqs",
    ),
    Row(
        "dead-letter queue switched off by False",
        lambda world: world.deliver(dead_letter_queue=False),
        DeclarationError,
        "dead_letter_queue must be a DeadLetterQueue, a queue or Disabled(reason), got False",
    ),
    Row(
        "alarm of a dead-letter queue switched off by False",
        lambda world: DeadLetterQueue(world.orders_stack, "Silent", service="orders", alarm=False),  # type: ignore[arg-type]
        DeclarationError,
        "alarm must be Disabled(reason), got False; leave it out to have one",
    ),
    Row(
        "dead-letter queue of the bus where there is one of that name",
        lambda world: world.orders.deliver(ORDER_PLACED, to=world.parcels),
        PlacementError,
        "'OrdersDeadLettersQueue' is in stack 'Orders' already",
    ),
    Row(
        "filter that is empty",
        lambda world: world.subscribe(detail={}),
        DeclarationError,
        "detail must be a mapping of fields to lists of values, such as {'status': ['paid']}, got {}",
    ),
    Row(
        "filter for no values",
        lambda world: world.subscribe(detail={"order": {"status": []}}),
        DeclarationError,
        "detail.order.status must be a list of at least one value or operator, such as ['paid'], got []",
    ),
    Row(
        "filter for a bare value",
        lambda world: world.deliver(detail={"status": "paid"}),
        DeclarationError,
        "detail.status must be a list of at least one value or operator, such as ['paid'], got 'paid'",
    ),
    Row(
        "filter with one alternative",
        lambda world: world.deliver(detail={"$or": [{"status": ["paid"]}]}),
        DeclarationError,
        "detail.$or must be a list of at least two alternatives",
    ),
    Row(
        "filter that is no JSON",
        lambda world: world.deliver(detail={"status": [{"paid", "open"}]}),
        DeclarationError,
        "detail must be JSON",
    ),
    Row(
        "filter too long",
        lambda world: world.deliver(detail={"id": [f"order-{number}" for number in range(200)]}),
        DeclarationError,
        "event pattern must be at most 2048 characters, got",
    ),
    Row(
        "input with an unknown placeholder",
        lambda _: TargetInput.from_template('{"order": <order>}', paths={"id": "$.detail.id"}),
        DeclarationError,
        "template uses <order>, which paths must name, got ['id']",
    ),
    Row(
        "input template too long",
        lambda _: TargetInput.from_template("x" * 8193),
        DeclarationError,
        "template must be text of 1 to 8192 characters, got 8193",
    ),
    Row(
        "input template that is a mapping",
        lambda _: TargetInput.from_template({"order": "<id>"}),  # type: ignore[arg-type]
        DeclarationError,
        "template must be text of 1 to 8192 characters, got {'order': '<id>'}",
    ),
    Row(
        "input with a bad path",
        lambda _: TargetInput.from_path("detail.id"),
        DeclarationError,
        "path must be a JSON path of at most 256 characters, such as '$.detail', got 'detail.id'",
    ),
    Row(
        "input with a bad path in its map",
        lambda _: TargetInput.from_template("<id>", paths={"id": "detail.id"}),
        DeclarationError,
        "paths['id'] must be a JSON path of at most 256 characters",
    ),
    Row(
        "input with too many paths",
        lambda _: TargetInput.from_template("x", paths={f"path{number}": "$.detail" for number in range(101)}),
        DeclarationError,
        "paths must be at most 100, got 101",
    ),
    Row(
        "input with a reserved name",
        lambda _: TargetInput.from_template("<AWS.id>", paths={"AWS.id": "$.detail.id"}),
        DeclarationError,
        "and not begin with 'AWS.', got 'AWS.id'",
    ),
    Row(
        "input value that is no JSON object",
        lambda _: TargetInput.from_value("hello"),  # type: ignore[arg-type]
        DeclarationError,
        "value must be a JSON object, such as {'kind': 'tick'}, got 'hello'",
    ),
    Row(
        "input value too long",
        lambda _: TargetInput.from_value({"text": "x" * 8192}),
        DeclarationError,
        "value must be at most 8192 characters of JSON, got 8204",
    ),
    Row(
        "input that is a path in text",
        lambda world: world.deliver(input="$.detail"),
        DeclarationError,
        "input must be a TargetInput, such as TargetInput.from_path('$.detail'), got '$.detail'",
    ),
    Row(
        "retried too often",
        lambda world: world.deliver(retry=RetryPolicy(maximum_attempts=186)),
        DeclarationError,
        "maximum_attempts must be 0 to 185 attempts, got 186",
    ),
    Row(
        "retried for too short a time",
        lambda world: world.subscribe(retry=RetryPolicy(maximum_age_seconds=59)),
        DeclarationError,
        "maximum_age_seconds must be 60 to 86400 seconds, got 59",
    ),
    Row(
        "retry as a number",
        lambda world: world.deliver(retry=3),
        DeclarationError,
        "retry must be a RetryPolicy, such as RetryPolicy(maximum_attempts=3), got 3",
    ),
    Row(
        "subscription retried by a number",
        lambda world: world.subscribe(retry=0),
        DeclarationError,
        "retry must be a RetryPolicy, such as RetryPolicy(maximum_attempts=3), got 0",
    ),
    Row(
        "inbox for nothing",
        lambda world: world.billing.deliver_to_inbox(),
        DeclarationError,
        "at least one event contract is needed",
    ),
    Row(
        "inbox for an event twice",
        lambda world: world.billing.deliver_to_inbox(ORDER_CANCELLED, ORDER_CANCELLED),
        DeclarationError,
        "OrderCancelled.v1 of 'orders' is named twice",
    ),
    Row(
        "inbox for an event that is delivered already",
        lambda world: world.billing.deliver_to_inbox(ORDER_PLACED),
        PlacementError,
        "is in stack 'Billing' already",
    ),
]

STACK_ROWS = [
    Row(
        "service stack without env",
        lambda world: world.stack(env=None),
        PlacementError,
        "stack 'Fulfilment' needs a literal account and Region",
    ),
    Row(
        "service stack of an unnamable service",
        lambda world: world.stack(service="fulfil--ment"),
        NamingError,
        "service must be lower-case words joined by single hyphens, such as 'order-history', got 'fulfil--ment'",
    ),
    Row(
        "consumers of a service stack that publishes nothing",
        lambda world: world.stack(consumers=[Consumer("billing", BILLING)]),
        DeclarationError,
        "consumers must be left out, for 'fulfilment' publishes nothing, got [Consumer(",
    ),
    Row(
        "service stack that takes an event by its name",
        lambda world: world.stack(consumes=["OrderPlaced"]),
        DeclarationError,
        "consumes must be a list of event contracts, such as [ORDER_PLACED], got ['OrderPlaced']",
    ),
    Row(
        "service stack that takes an event twice",
        lambda world: world.stack(consumes=[ORDER_PLACED, ORDER_PLACED]),
        DeclarationError,
        "OrderPlaced.v1 of 'orders' is named twice",
    ),
    Row(
        "subscription stack without on",
        lambda world: _subscription_stack(world, consumes=[Consumes(ORDER_PLACED)]),
        DeclarationError,
        "on must say which bus",
    ),
    Row(
        "subscription stack without env",
        lambda world: _subscription_stack(world, env=None, consumes=[Consumes(ORDER_PLACED, on=ON_ORDERS)]),
        PlacementError,
        "stack 'Subscriptions' needs a literal account and Region",
    ),
    Row(
        "subscription stack with a separate inbox without env",
        lambda world: _subscription_stack(
            world, env=None, consumes=[Consumes(ORDER_PLACED, on=ON_ORDERS)], separate_inbox=True
        ),
        PlacementError,
        "stack 'Subscriptions' needs a literal account and Region",
    ),
    Row(
        "subscription stack that subscribes to nothing",
        lambda world: _subscription_stack(world, consumes=[]),
        DeclarationError,
        "consumes must name at least one subscription",
    ),
]

TOPOLOGY_ROWS = [
    Row(
        "topology without services",
        lambda world: world.topology(),
        TopologyError,
        "services must name at least one service, got none",
    ),
    Row(
        "topology of a service by its name",
        lambda world: world.topology("orders"),
        DeclarationError,
        "services must be a list of Services, such as [Service('orders', '111111111111', publishes=[…])]",
    ),
    Row(
        "service twice",
        lambda world: world.topology(ORDERS_SERVICE, Service("orders", ELSEWHERE, consumes=[INVOICE_ISSUED])),
        TopologyError,
        "service 'orders' is declared twice; a service has one place in a topology",
    ),
    Row(
        "unknown service",
        lambda world: world.topology(BILLING_SERVICE),
        TopologyError,
        "'billing' consumes events of 'orders', which is not declared; declared are ['billing']",
    ),
    Row(
        "event that nobody publishes",
        lambda world: world.topology(ORDERS_SERVICE, Service("billing", BILLING, consumes=[ORDER_CANCELLED])),
        TopologyError,
        "'billing' consumes OrderCancelled.v1, which 'orders' does not publish; it publishes ['OrderPlaced.v1']",
    ),
    Row(
        "own event",
        lambda world: world.topology(Service("orders", ORDERS, publishes=[ORDER_PLACED], consumes=[ORDER_PLACED])),
        TopologyError,
        "'orders' can't subscribe to its own bus; use deliver() in its stack",
    ),
    Row(
        "event of another service in a topology",
        lambda world: world.topology(Service("orders", ORDERS, publishes=[INVOICE_ISSUED])),
        DeclarationError,
        "'orders' can't publish InvoiceIssued.v1: its contract belongs to 'billing'",
    ),
    Row(
        "service that does nothing",
        lambda _: Service("orders", ORDERS),
        TopologyError,
        "service 'orders' must publish or consume something",
    ),
    Row(
        "service in capitals",
        lambda _: Service("Orders", ORDERS, publishes=[ORDER_PLACED]),
        NamingError,
        "name must be lower-case words joined by single hyphens, such as 'order-history', got 'Orders'",
    ),
    Row(
        "service in an account that is a number",
        lambda _: Service("orders", 111111111111, publishes=[ORDER_PLACED]),  # type: ignore[arg-type]
        NamingError,
        "account must be a 12-digit account id in quotes, such as '111111111111', got 111111111111",
    ),
    Row(
        "service whose events are not in a list",
        lambda _: Service("orders", ORDERS, publishes=ORDER_PLACED),  # type: ignore[arg-type]
        DeclarationError,
        "publishes must be a list of event contracts, such as [ORDER_PLACED], got EventContract(",
    ),
    Row(
        "service that wants an event by its name",
        lambda _: Service("billing", BILLING, consumes=["OrderPlaced"]),  # type: ignore[list-item]
        DeclarationError,
        "consumes must be a list of event contracts or Consumes, such as [ORDER_PLACED], got ['OrderPlaced']",
    ),
    Row(
        "service whose stack is not a ServiceStack",
        lambda _: Service("orders", ORDERS, publishes=[ORDER_PLACED], stack=Stack),  # type: ignore[arg-type]
        TopologyError,
        "stack of service 'orders' must be a subclass of ServiceStack, got",
    ),
    Row(
        "topology in a city",
        lambda world: world.topology(ORDERS_SERVICE, region="Ireland"),
        NamingError,
        "region must be a Region, such as 'eu-west-1', got 'Ireland'",
    ),
    Row(
        "topology in a token",
        lambda world: world.topology(ORDERS_SERVICE, region=Aws.REGION),
        NamingError,
        "region must be a Region, such as 'eu-west-1', got '${Token[",
    ),
    Row(
        "topology of an organisation that is none",
        lambda world: world.topology(ORDERS_SERVICE, BILLING_SERVICE, organization_id="acme"),
        NamingError,
        "organization_id must be an AWS organisation id, such as 'o-exampleorg1', got 'acme'",
    ),
    Row(
        "topology with a convention that is none",
        lambda world: world.topology(ORDERS_SERVICE, convention="acme"),
        NamingError,
        "got 'acme'",
    ),
    Row(
        "topology whose subscription is on another bus",
        lambda world: world.topology(
            ORDERS_SERVICE,
            Service(
                "billing",
                BILLING,
                consumes=[Consumes(ORDER_PLACED, on=BusReference.of("orders", account=ELSEWHERE))],
            ),
        ),
        TopologyError,
        "on must be left out in a topology, which knows where 'orders' is",
    ),
    Row(
        "topology whose consumer has another idea of the event",
        lambda world: world.topology(
            ORDERS_SERVICE,
            Service(
                "billing",
                BILLING,
                consumes=[
                    EventContract(service="orders", event="OrderPlaced", detail=DETAIL, source="legacy.orders"),
                ],
            ),
        ),
        TopologyError,
        "but 'orders' publishes it as EventType(source='com.acme.orders', detail_type='OrderPlaced.v1')",
    ),
    Row(
        "service with a separate inbox that publishes nothing",
        lambda _: Service("billing", BILLING, consumes=[ORDER_PLACED], separate_inbox=True),
        TopologyError,
        "separate_inbox must be left out, for 'billing' publishes nothing",
    ),
    Row(
        "stack with a separate inbox that publishes nothing",
        lambda world: world.stack(consumes=[ORDER_PLACED], separate_inbox=True),
        DeclarationError,
        "separate_inbox must be left out, for 'fulfilment' publishes nothing",
    ),
    Row(
        "one event by two subscriptions of which one takes all",
        lambda world: world.subscribe(ORDER_PLACED, name="again", deliver_to=None),
        DeclarationError,
        "OrderPlaced.v1 of 'orders' would arrive twice, by subscriptions 'order-placed-v1' and 'again'",
    ),
    Row(
        "subscriptions to a bus given by its name",
        lambda world: Subscriptions(world.billing_stack, "More", service="billing", bus="acme-prod-billing"),  # type: ignore[arg-type]
        DeclarationError,
        "bus must be a BusReference, such as BusReference.of('billing', account='222222222222')",
    ),
    Row(
        "policy quota that is no number",
        lambda world: world.producer_bus(policy_quota="20 KB"),
        AccessError,
        "policy_quota must be a number of characters, such as 10240, got '20 KB'",
    ),
    Row(
        "one event twice in a topology",
        lambda world: world.topology(
            ORDERS_SERVICE, Service("billing", BILLING, consumes=[ORDER_PLACED, Consumes(ORDER_PLACED, name="again")])
        ),
        DeclarationError,
        "OrderPlaced.v1 of 'orders' would arrive twice, by subscriptions 'order-placed-v1' and 'again'; take it by one",
    ),
]

ROWS = [
    *CONVENTION_ROWS,
    *CONTRACT_ROWS,
    *REFERENCE_ROWS,
    *BUS_ROWS,
    *SUBSCRIPTION_ROWS,
    *DELIVERY_ROWS,
    *STACK_ROWS,
    *TOPOLOGY_ROWS,
]


def _with_context(_: World, convention: object) -> object:
    app = App(context={CONTEXT: convention})
    return MultiBusTopology(app, "Shop", services=[ORDERS_SERVICE], region=IRELAND)


def _subscription_stack(world: World, **changed: Any) -> SubscriptionStack:
    right: dict[str, Any] = {"env": Environment(account=ELSEWHERE, region=IRELAND), "service": "fulfilment"}
    return SubscriptionStack(world.app, "Subscriptions", **right | changed)


@pytest.fixture(scope="module")
def worlds() -> list[tuple[World, set[str]]]:
    return []


def _a_world() -> tuple[World, set[str]]:
    world = World()
    return world, world.paths()


@pytest.mark.parametrize("row", ROWS, ids=[row.what for row in ROWS])
def test_a_mistake_is_refused_in_our_words_and_leaves_the_tree_as_it_was(
    row: Row, worlds: list[tuple[World, set[str]]]
) -> None:
    # All rows share one world as long as each leaves it as it was: building it takes longer than the mistakes.
    world, before = worlds.pop() if worlds else _a_world()

    with pytest.raises(row.error, match=re.escape(row.says)) as refusal:
        row.mistake(world)

    assert refusal.type is row.error
    for foreign in ("jsii", "Traceback", "TypeError", "node_modules", ".js:"):
        assert foreign not in str(refusal.value)
    assert world.paths() == before
    worlds.append((world, before))
