"""An estate that encrypts all by keys of its own: whether it can be deployed, used and removed.

The emulator keeps keys, aliases and who may use them, and encrypts nothing by them: that a statement suffices, it can't
show.
"""

from __future__ import annotations

from pathlib import Path

from aws_cdk import App

from cdk_eventbridge_patterns import Encryption, MultiBusTopology, Service
from cdk_eventbridge_patterns.local import Deployment
from cdk_eventbridge_patterns.testing import assert_no_findings
from tests.e2e.world import ACME, BILLING, INVOICES, ORDERS, REGION, order_placed, place_order, places


def test_an_event_comes_through_an_estate_that_is_encrypted(eventbridge_local: Deployment, tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    services = [
        Service("orders", ORDERS, publishes=[order_placed()]),
        Service("billing", BILLING, consumes=[order_placed()]),
    ]
    MultiBusTopology(app, "Shop", services=services, region=REGION, encryption=Encryption(), convention=ACME)
    eventbridge_local.deploy(app)

    place_order(eventbridge_local)

    assert places(eventbridge_local.queues().received(1)) == [(BILLING, INVOICES)]
    sqs = eventbridge_local.session(BILLING).client("sqs")
    url = sqs.get_queue_url(QueueName=INVOICES)["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["KmsMasterKeyId"])["Attributes"]
    assert attributes == {"KmsMasterKeyId": "alias/acme-prod-billing"}
    aliases = eventbridge_local.session(ORDERS).client("kms").list_aliases()["Aliases"]
    assert "alias/acme-prod-orders" in {each["AliasName"] for each in aliases}
    assert_no_findings(tmp_path)
