"""Who may encrypt and who may decrypt sensitive fields, held against requests."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.access import Consumer, Decrypter
from cdk_eventbridge_patterns.access.evaluation import decide
from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.assembly.elements.statements import statements
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.contracts.field_encryption import encryption_context
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError, NamingError
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.plan.encryption import Encryption
from cdk_eventbridge_patterns.plan.field_key import FieldKeyDeclaration, field_key, plan_field_key
from cdk_eventbridge_patterns.testing.builders import a_location
from cdk_eventbridge_patterns.topology.stamp import Stamp

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS, BILLING, AUDIT, STRANGER, REGION = "111111111111", "222222222222", "333333333333", "999999999999", "eu-west-1"
KEY = field_key(ACME, "orders", account=ORDERS, region=REGION)
CARD = {"type": "object", "properties": {"card": {"type": "string", "x-sensitive": True}}}
PLACED = EventContract(service="orders", event="OrderPlaced", detail=CARD)
PAID = EventContract(service="orders", event="OrderPaid", detail=CARD)
PLAIN = EventContract(service="orders", event="OrderSent", detail={"type": "object"})
INVOICE_ROLE = f"arn:aws:iam::{AUDIT}:role/invoices"


def declared(**changes: Any) -> FieldKeyDeclaration:
    given: dict[str, Any] = {
        "service": "orders",
        "key": KEY,
        "events": [PLACED, PAID],
        "decrypted_by": [
            Consumer("billing", BILLING, events=[PLACED]),
            Decrypter("audit", AUDIT, roles=[INVOICE_ROLE]),
        ],
        "settings": Encryption(),
    }
    return FieldKeyDeclaration(**{**given, **changes})


def lets(who: Principal, *actions: str, event: EventContract | None = PLACED) -> bool:
    """Return whether the key lets somebody do all of *actions*; it must be decided."""
    document = plan_field_key(declared()).resources["OrdersFieldsKey"]["Properties"]["KeyPolicy"]
    read = statements(document, a_location("Key", ORDERS))
    context = {} if event is None else encryption_context(event.name)
    given = {f"kms:EncryptionContext:{key}": value for key, value in context.items()}
    resource = f"arn:aws:kms:{REGION}:{ORDERS}:key/1234"
    answers = [
        decide(Request(principal=who, action=action, resource=resource, given=given), read).answer for action in actions
    ]
    assert all(isinstance(each, bool) for each in answers), answers
    return all(answers)


def test_the_producers_account_administers_and_encrypts_and_does_not_decrypt() -> None:
    own = Principal.of_account(ORDERS)

    assert lets(own, "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", event=None)
    assert lets(own, "kms:GenerateDataKey", "kms:Encrypt")
    assert not lets(own, "kms:Encrypt", event=None)
    assert not lets(own, "kms:Encrypt", event=PLAIN)
    assert not lets(own, "kms:Decrypt")
    assert not lets(own, "kms:CreateGrant")


def test_a_consumer_decrypts_just_the_events_it_is_named_for() -> None:
    billing = Principal.of_account(BILLING)

    assert lets(billing, "kms:Decrypt")
    assert not lets(billing, "kms:Decrypt", event=PAID)
    assert not lets(billing, "kms:Decrypt", event=None)
    assert not lets(billing, "kms:Encrypt")
    assert not lets(Principal.of_account(STRANGER), "kms:Decrypt")


def test_just_the_roles_decrypt_that_are_named() -> None:
    assert lets(Principal.of_role(INVOICE_ROLE), "kms:Decrypt", event=PAID)
    assert not lets(Principal.of_role(f"{INVOICE_ROLE}-other"), "kms:Decrypt", event=PAID)


def test_a_key_says_in_the_template_which_events_it_is_for() -> None:
    key = plan_field_key(declared()).resources["OrdersFieldsKey"]

    stamp = Stamp.from_metadata(key["Metadata"])

    assert stamp is not None
    assert list(stamp.encrypts) == [PAID.name, PLACED.name]
    assert key["DeletionPolicy"] == "Retain"


def test_fields_are_bound_to_their_event() -> None:
    assert encryption_context(PLACED.name) == {"event": "orders/OrderPlaced.v1"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"events": []}, "events must be a list of event contracts, such as .ORDER_PLACED., got none"),
        ({"events": [PLAIN]}, "events must have a sensitive field, .* got orders/OrderSent.v1"),
        ({"service": "billing"}, "events must be of 'billing', whose key this is, got orders/OrderPlaced.v1"),
        ({"decrypted_by": ["billing"]}, "decrypted_by must be a list of Consumers"),
        ({"decrypted_by": [Consumer("billing", BILLING, events=[PLAIN])]}, "decrypted_by must name events of this key"),
        ({"decrypted_by": [Consumer("billing", BILLING)] * 2}, "decrypted_by names 'billing' twice"),
    ],
)
def test_fails_on_what_does_not_fit_together(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        declared(**changes)


@pytest.mark.parametrize(
    ("roles", "error"),
    [("invoices", AccessError), (["invoices"], NamingError), ([f"arn:aws:iam::{ORDERS}:role/invoices"], AccessError)],
)
def test_fails_on_roles_that_are_not_of_the_consumers_account(roles: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="roles of 'billing'"):
        Decrypter("billing", BILLING, roles=roles)
