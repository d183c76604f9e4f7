"""What runs in functions, through a bus, keys, queues and a bucket of the emulator.

Its KMS really encrypts and holds to the encryption context. That it does not ask key policies is said in
`docs/runtime.md`: who may decrypt is proved by `tests/unit/runtime`, with keys that are told.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aws_cdk import App, Environment, RemovalPolicy, Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from cdk_eventbridge_patterns import MultiBusTopology, Service
from cdk_eventbridge_patterns.errors import SensitiveFieldError
from cdk_eventbridge_patterns.local import Deployment
from cdk_eventbridge_patterns.runtime import (
    ClaimBucket,
    ClaimCheck,
    EventPublisher,
    EventReader,
    FieldDecrypter,
    FieldEncrypter,
)
from tests.e2e.world import ACME, BILLING, BUS, ORDERS, REGION
from tests.runtime_world import AN_ORDER, ORDER_PLACED, Line, OrderPlaced

ALIAS = f"arn:aws:kms:{REGION}:{ORDERS}:alias/acme-prod-orders"
BUCKET = "acme-prod-orders-claims"


@pytest.fixture
def shop(eventbridge_local: Deployment, tmp_path: Path) -> Deployment:
    """Orders, with a key and a bucket, and billing."""
    app = App(outdir=str(tmp_path))
    services = [
        Service("orders", ORDERS, publishes=[ORDER_PLACED]),
        Service("billing", BILLING, consumes=[ORDER_PLACED]),
    ]
    MultiBusTopology(app, "Shop", region=REGION, convention=ACME, services=services)
    data = Stack(app, "Data", env=Environment(account=ORDERS, region=REGION))
    kms.Key(data, "Fields", alias="acme-prod-orders", removal_policy=RemovalPolicy.DESTROY)
    s3.Bucket(data, "Claims", bucket_name=BUCKET, removal_policy=RemovalPolicy.DESTROY)
    eventbridge_local.deploy(app)
    return eventbridge_local


def a_publisher(shop: Deployment) -> EventPublisher:
    session = shop.session(ORDERS)
    return EventPublisher(
        BUS,
        contracts=[ORDER_PLACED],
        naming=ACME,
        encrypter=FieldEncrypter(ALIAS, session=session),
        claim_check=ClaimCheck(the_bucket(shop, ORDERS), fields={ORDER_PLACED: ["lines"]}),
        events=session.client("events"),
    )


def the_bucket(shop: Deployment, account: str) -> ClaimBucket:
    return ClaimBucket(BUCKET, owner=ORDERS, s3=shop.session(account).client("s3"))


def a_reader(shop: Deployment, *, trusted: str = ORDERS) -> EventReader:
    decrypter = FieldDecrypter(accounts=[trusted], session=shop.session(BILLING))
    return EventReader([ORDER_PLACED], naming=ACME, decrypter=decrypter, claim_bucket=the_bucket(shop, BILLING))


def test_sensitive_fields_go_encrypted_to_a_queue_of_another_account_and_are_read_there(shop: Deployment) -> None:
    sent = a_publisher(shop).publish(ORDER_PLACED, AN_ORDER, idempotency_key="o-1-placed")

    (message,) = shop.queues().received(1)
    body = json.dumps(message.body)
    event = a_reader(shop).read(body)
    assert message.account == BILLING
    assert "4111" not in body
    assert event.data == AN_ORDER
    assert (event.event_id, event.idempotency_key) == (sent.event.id, "o-1-placed")
    with pytest.raises(SensitiveFieldError, match="is not trusted here"):
        a_reader(shop, trusted=BILLING).read(body)


def test_a_large_event_goes_without_its_lines_and_is_read_whole(shop: Deployment) -> None:
    order = OrderPlaced(order_id="o-2", lines=[Line(sku=f"s-{number}") for number in range(600)])

    a_publisher(shop).publish(ORDER_PLACED, order)

    (message,) = shop.queues().received(1)
    assert message.body["detail"]["data"].keys() == {"order_id", "cards"}
    assert a_reader(shop).read(json.dumps(message.body)).data == order


def test_the_keys_of_the_emulator_hold_to_the_encryption_context(shop: Deployment) -> None:
    client = shop.session(ORDERS).client("kms")
    made = client.generate_data_key(KeyId=ALIAS, NumberOfBytes=32, EncryptionContext={"event": "orders/OrderPlaced.v1"})

    with pytest.raises(client.exceptions.InvalidCiphertextException):
        client.decrypt(CiphertextBlob=made["CiphertextBlob"], EncryptionContext={"event": "orders/OrderPaid.v1"})
