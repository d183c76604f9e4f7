"""Events that their producer pushes: to buses of another account and another Region, and to targets of another account.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
"""

from __future__ import annotations

from cdk_eventbridge_patterns.assembly import Template
from tests.mutation.world import World
from tests.mutation.worlds.pieces import (
    REGION,
    Json,
    Resources,
    a_template,
    alarm_on_queue,
    alarm_on_rule,
    allow,
    arn,
    bus_statement,
    document,
    queue,
    resource,
    role,
    role_arn,
    rule,
    target,
)

ORDERS, BILLING = "111111111111", "222222222222"
ELSEWHERE = "us-east-1"
BUS, BILLING_BUS, REPLICA = "acme-prod-orders", "acme-prod-billing", "acme-prod-orders-replica"
LOST = "acme-prod-orders--dead-letters"
PATTERN = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}
# Where each route leads, and what its role must do there.
ROUTES = {
    "bus": (arn("events", BILLING, f"event-bus/{BILLING_BUS}"), "events:PutEvents"),
    "region": (arn("events", ORDERS, f"event-bus/{REPLICA}", region=ELSEWHERE), "events:PutEvents"),
    "queue": (arn("sqs", BILLING, "orders"), "sqs:SendMessage"),
    "topic": (arn("sns", BILLING, "orders"), "sns:Publish"),
    "function": (arn("lambda", BILLING, "function:orders"), "lambda:InvokeFunction"),
    "stream": (arn("kinesis", BILLING, "stream/orders"), "kinesis:PutRecord"),
}


def routes() -> World:
    """Return the world of routes."""
    replica = {"Bus": resource("AWS::Events::EventBus", Name=REPLICA), **_inbox(ORDERS, REPLICA, ELSEWHERE)}
    return World("routes", (_orders(), _billing(), a_template("Replica", ORDERS, replica, region=ELSEWHERE)))


def _role_name(route: str) -> str:
    return f"acme-prod-orders--to-{route}"


def _orders() -> Template:
    rules = {route: f"acme-prod-orders--{route}" for route in ROUTES}
    arns = {route: arn("events", ORDERS, f"rule/{BUS}/{name}") for route, name in rules.items()}
    resources: Resources = {
        "Bus": resource("AWS::Events::EventBus", Name=BUS),
        **queue("Lost", ORDERS, LOST, *arns.values()),
        **alarm_on_queue("LostAlarm", LOST),
    }
    for route, (to, action) in ROUTES.items():
        name, role_name = route.title(), _role_name(route)
        led = target(to, arn("sqs", ORDERS, LOST), RoleArn=role_arn(ORDERS, role_name))
        resources |= rule(f"{name}Route", BUS, rules[route], PATTERN, led)
        resources |= role(f"{name}Role", role_name, arns[route], allow(None, action, to))
        resources |= alarm_on_rule(f"{name}Route", BUS, rules[route])
    return a_template("Orders", ORDERS, resources)


def _billing() -> Template:
    def lets_in(route: str) -> Json:
        to, action = ROUTES[route]
        # Whether what a rule delivers has `events:source` is not documented, so the bus names the role alone.
        return allow({"AWS": role_arn(ORDERS, _role_name(route))}, action, to, sid=f"{BILLING_BUS}--from-orders")

    resources: Resources = {
        "Bus": resource("AWS::Events::EventBus", Name=BILLING_BUS),
        **bus_statement("LetOrdersIn", BILLING_BUS, lets_in("bus")),
        **_inbox(BILLING, BILLING_BUS, REGION),
        "Queue": resource("AWS::SQS::Queue", QueueName="orders", SqsManagedSseEnabled=True),
        "QueuePolicy": resource(
            "AWS::SQS::QueuePolicy", Queues=[{"Ref": "Queue"}], PolicyDocument=document(lets_in("queue"))
        ),
        "Topic": resource("AWS::SNS::Topic", TopicName="orders"),
        "TopicPolicy": resource(
            "AWS::SNS::TopicPolicy", Topics=[{"Ref": "Topic"}], PolicyDocument=document(lets_in("topic"))
        ),
        "Function": resource("AWS::Lambda::Function", FunctionName="orders"),
        "FunctionPermission": resource(
            "AWS::Lambda::Permission",
            FunctionName="orders",
            Action="lambda:InvokeFunction",
            Principal=role_arn(ORDERS, _role_name("function")),
        ),
        "Stream": resource("AWS::Kinesis::Stream", Name="orders"),
        "StreamPolicy": resource(
            "AWS::Kinesis::ResourcePolicy", ResourceArn=ROUTES["stream"][0], ResourcePolicy=document(lets_in("stream"))
        ),
    }
    return a_template("Billing", BILLING, resources)


def _inbox(account: str, bus: str, region: str) -> Resources:
    """Return a queue, and the local rule that fills it."""
    name, lost = f"{bus}--inbox", f"{bus}--dead-letters"
    local = arn("events", account, f"rule/{bus}/{name}", region=region)
    to = target(arn("sqs", account, name, region=region), arn("sqs", account, lost, region=region))
    return {
        **rule("Inbox", bus, name, PATTERN, to),
        **_in(region, queue("InboxQueue", account, name, local)),
        **_in(region, queue("Lost", account, lost, local)),
        **alarm_on_queue("LostAlarm", lost),
        **alarm_on_rule("Inbox", bus, name),
    }


def _in(region: str, resources: Resources) -> Resources:
    """Return a queue with its policy for another Region than the usual one."""
    for made in resources.values():
        for statement in made["Properties"].get("PolicyDocument", {}).get("Statement", ()):
            statement["Resource"] = statement["Resource"].replace(REGION, region)
    return resources
