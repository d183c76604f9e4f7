"""A retailer of fifty services, each in an account of its own, as templates of our plans: something large to look at.

Who takes what from whom is made up, and meant to be like what retailers have: a few hubs, many leaves, some cycles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from cdk_eventbridge_patterns.assembly import Template
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.naming import BusReference, NamingConvention
from cdk_eventbridge_patterns.plan import Consumes
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.queue import QueueAddress, add_alarm, add_queue, add_queue_policy
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, plan_subscriptions
from cdk_eventbridge_patterns.plan.target import Target, TargetKind
from cdk_eventbridge_patterns.topology.stamp import Stamp

ACME, REGION = NamingConvention(organization="acme", stage="prod"), "eu-west-1"
ORGANIZATION = "o-exampleorg1"

# What each service takes: the names of events, which say who publishes them.
TAKES: Mapping[str, Collection[str]] = {
    "storefront": ["PriceChanged", "StockChanged"],
    "baskets": ["PriceChanged", "CustomerRegistered"],
    "orders": ["PaymentTaken", "ParcelShipped", "BasketCheckedOut"],
    "payments": ["OrderPlaced", "OrderCancelled"],
    "fraud": ["OrderPlaced", "PaymentFailed"],
    "invoicing": ["OrderPlaced", "PaymentTaken"],
    "ledger": ["PaymentTaken", "InvoiceIssued", "RefundPaid", "SalaryPaid"],
    "refunds": ["ReturnReceived"],
    "returns": ["ParcelDelivered"],
    "warehouse": ["PaymentTaken", "OrderCancelled", "ReturnReceived"],
    "stock": ["GoodsReceived", "ParcelPacked"],
    "replenishment": ["StockChanged", "ForecastMade"],
    "purchasing": ["StockRanLow"],
    "suppliers": ["PurchaseOrdered"],
    "inbound": ["SupplierShipped"],
    "shipping": ["ParcelPacked"],
    "carriers": ["ParcelShipped"],
    "tracking": ["ParcelShipped", "ParcelDelivered"],
    "catalogue": ["SupplierShipped"],
    "pricing": ["ProductListed", "CampaignStarted"],
    "campaigns": ["ProductListed"],
    "vouchers": ["CampaignStarted", "CustomerRegistered"],
    "customers": ["OrderPlaced"],
    "identity": ["CustomerRegistered"],
    "consent": ["CustomerRegistered"],
    "loyalty": ["PaymentTaken", "CustomerRegistered"],
    "search": ["ProductListed", "PriceChanged"],
    "recommendations": ["OrderPlaced", "ProductListed"],
    "reviews": ["ParcelDelivered"],
    "media": ["ProductListed"],
    "translations": ["ProductListed"],
    "notifications": ["OrderPlaced", "ParcelShipped", "RefundPaid"],
    "email": ["NotificationAsked"],
    "sms": ["NotificationAsked"],
    "push": ["NotificationAsked"],
    "support": ["TicketOpened", "ReturnReceived"],
    "chat": ["CustomerRegistered"],
    "tickets": ["ParcelLost"],
    "forecasting": ["OrderPlaced", "CampaignStarted"],
    "reporting": ["PaymentTaken", "StockChanged"],
    "analytics": ["OrderPlaced", "BasketCheckedOut"],
    "tax": ["InvoiceIssued"],
    "treasury": ["LedgerClosed"],
    "audit": ["LedgerClosed", "AccessGranted"],
    "stores": ["StockChanged", "PriceChanged"],
    "tills": ["PriceChanged"],
    "staffing": ["ForecastMade"],
    "payroll": ["ShiftWorked"],
    "facilities": ["ShiftWorked"],
    "marketplace": ["ProductListed", "OrderPlaced"],
}

PUBLISHES: Mapping[str, Collection[str]] = {
    "baskets": ["BasketCheckedOut"],
    "orders": ["OrderPlaced", "OrderCancelled"],
    "payments": ["PaymentTaken", "PaymentFailed"],
    "invoicing": ["InvoiceIssued"],
    "ledger": ["LedgerClosed"],
    "refunds": ["RefundPaid"],
    "returns": ["ReturnReceived"],
    "warehouse": ["ParcelPacked"],
    "stock": ["StockChanged", "StockRanLow"],
    "purchasing": ["PurchaseOrdered"],
    "suppliers": ["SupplierShipped"],
    "inbound": ["GoodsReceived"],
    "shipping": ["ParcelShipped"],
    "carriers": ["ParcelDelivered", "ParcelLost"],
    "catalogue": ["ProductListed"],
    "pricing": ["PriceChanged"],
    "campaigns": ["CampaignStarted"],
    "customers": ["CustomerRegistered"],
    "identity": ["AccessGranted"],
    "notifications": ["NotificationAsked"],
    "chat": ["TicketOpened"],
    "forecasting": ["ForecastMade"],
    "staffing": ["ShiftWorked"],
    "payroll": ["SalaryPaid"],
}

ACCOUNTS = {service: f"{100_000_000_001 + index}" for index, service in enumerate(TAKES)}
_DETAIL = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
EVENTS = {
    event: EventContract(service=service, event=event, detail=_DETAIL, owner=f"team-{service}")
    for service, events in PUBLISHES.items()
    for event in events
}


def retailer(takes: Mapping[str, Collection[str]] = TAKES) -> list[Template]:
    """Return the templates of all services, by what each of them takes."""
    return [template for service in TAKES for template in _of_service(service, takes)]


def _of_service(service: str, takes: Mapping[str, Collection[str]]) -> Iterator[Template]:
    bus = ServiceBusDeclaration(
        service=service,
        account=ACCOUNTS[service],
        region=REGION,
        naming=ACME,
        publishes=[EVENTS[event] for event in PUBLISHES.get(service, ())],
        organization_id=ORGANIZATION,  # hubs have more consumers than the policy of a bus has room for
    )
    subscriber = Subscriber(service=service, bus=bus.address, naming=ACME)
    taken = [EVENTS[event] for event in takes.get(service, ())]
    plan = plan_service_bus(bus)
    for event in taken:
        plan.include(_delivery(subscriber, event))
    yield _template(f"{service}-bus", ACCOUNTS[service], plan)
    if taken:
        yield _template(f"{service}-subscriptions", ACCOUNTS[service], _subscriptions(subscriber, taken))


def _delivery(subscriber: Subscriber, event: EventContract) -> Plan:
    plan, name = Plan(), subscriber.name_for(event)
    queue = _queue(subscriber, name)
    delivery = DeliveryPlan(
        subscriber=subscriber,
        events=(event,),
        name=name,
        target=Target(kind=TargetKind.QUEUE, arn=queue.arn),
        dead_letters_off="they are much alike in a picture",
    )
    add_queue(plan, queue, stamp=Stamp(service=subscriber.service))
    add_queue_policy(plan, queue, [delivery.rule_arn])
    plan.include(plan_delivery(delivery))
    return plan


def _subscriptions(subscriber: Subscriber, taken: Collection[EventContract]) -> Plan:
    lost = _queue(subscriber, "subscription-dead-letters")
    subscriptions = [
        SubscriptionPlan(
            subscriber=subscriber,
            wanted=Consumes(event, on=BusReference.of(event.service, account=ACCOUNTS[event.service])),
            dead_letter_arn=lost.arn,
        )
        for event in taken
    ]
    plan = plan_subscriptions(subscriptions)
    add_queue(plan, lost, stamp=Stamp(service=subscriber.service))
    add_queue_policy(plan, lost, [each.rule_arn for each in subscriptions])
    add_alarm(plan, lost, service=subscriber.service)
    return plan


def _queue(subscriber: Subscriber, name: str) -> QueueAddress:
    return QueueAddress.of(ACME, subscriber.service, name, account=subscriber.bus.account, region=subscriber.bus.region)


def _template(stack: str, account: str, plan: Plan) -> Template:
    file = Path(f"{stack}.template.json")
    return Template(file=file, stack=stack, account=account, region=REGION, body=plan.template())
