from cdk_eventbridge_patterns.access.publish import event_condition, publish_statement, receive_statement
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS = BusAddress("111111111111", "eu-west-1", "acme-prod-orders")
PLACED = EventType("com.acme.orders", "OrderPlaced.v1")
CANCELLED = EventType("com.acme.orders", "OrderCancelled.v1")


def test_an_account_may_publish_just_the_declared_events() -> None:
    assert publish_statement(ORDERS, ACME, ["111111111111"], [PLACED, CANCELLED]) == {
        "Sid": "acme-prod-orders--publish",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
        "Action": "events:PutEvents",
        "Resource": "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders",
        "Condition": {
            "StringEquals": {
                "events:source": "com.acme.orders",
                "events:detail-type": ["OrderCancelled.v1", "OrderPlaced.v1"],
            }
        },
    }


def test_several_accounts_stand_in_one_statement() -> None:
    statement = publish_statement(ORDERS, ACME, ["111111111111", "222222222222"], [PLACED])

    assert statement["Principal"] == {"AWS": ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"]}


def test_a_consumers_bus_is_open_to_the_roles_of_its_own_subscriptions() -> None:
    billing = BusAddress("222222222222", "eu-west-1", "acme-prod-billing")

    statement = receive_statement(billing, ACME, "billing")

    assert statement["Principal"] == {"AWS": "arn:aws:iam::222222222222:root"}
    assert statement["Condition"] == {
        "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::222222222222:role/acme-prod-billing--from-*"}
    }


def test_the_role_of_a_subscription_is_among_them() -> None:
    billing = BusAddress("222222222222", "eu-west-1", "acme-prod-billing")
    allowed = receive_statement(billing, ACME, "billing")["Condition"]["ArnLike"]["aws:PrincipalArn"]

    role = ACME.role_name("billing", "from-orders", region="eu-west-1")

    assert f"arn:aws:iam::222222222222:role/{role}".startswith(allowed.removesuffix("*"))


def test_a_single_value_stands_bare_to_save_characters() -> None:
    assert event_condition([PLACED, PLACED]) == {
        "events:source": "com.acme.orders",
        "events:detail-type": "OrderPlaced.v1",
    }
