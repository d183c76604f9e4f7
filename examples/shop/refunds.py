"""Pays money back, once for each request: what runs in the function of payments."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from cdk_eventbridge_patterns.runtime import EventReader, FieldDecrypter
from examples.shop.contracts import CONVENTIONS, REFUND_REQUESTED, RefundRequested

COUNTRIES = os.environ["PAYABLE_COUNTRIES"].split(",")

reader = EventReader(
    [REFUND_REQUESTED],
    naming=CONVENTIONS["prod"],  # a source is the same in every stage
    decrypter=FieldDecrypter(accounts=[os.environ["ORDERS_ACCOUNT"]]),
)
handled = DynamoDBPersistenceLayer(table_name=os.environ["IDEMPOTENCY_TABLE_NAME"])
config = IdempotencyConfig(
    event_key_jmespath=os.environ["IDEMPOTENCY_KEY_PATH"],
    expires_after_seconds=int(os.environ["IDEMPOTENCY_EXPIRES_AFTER_SECONDS"]),
    raise_on_no_idempotency_key=True,
    hash_function="sha256",
)
processor = BatchProcessor(EventType.SQS)


@idempotent_function(data_keyword_argument="event", persistence_store=handled, config=config, key_prefix="refunds")
def pay_back(*, event: Mapping[str, Any]) -> None:
    """Send the money where the customer asked for it; raise, and it is tried again."""
    refund = reader.read(event).data_as(RefundRequested)
    if refund.iban[:2] not in COUNTRIES:
        raise ValueError(f"refund of order {refund.order_id} goes to a country that we can't pay to yet")
    print(json.dumps({"paid": str(refund.amount), "for": refund.order_id, "to": f"…{refund.iban[-4:]}"}))


def handle_record(record: SQSRecord) -> None:
    """Take the event out of the message."""
    pay_back(event=record.json_body)


def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Handle a batch, and say which messages failed."""
    config.register_lambda_context(context)
    return process_partial_response(event=event, record_handler=handle_record, processor=processor, context=context)
