"""Writes an invoice for each order placed, once: what runs in the function."""

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

handled = DynamoDBPersistenceLayer(table_name=os.environ["IDEMPOTENCY_TABLE_NAME"])
config = IdempotencyConfig(
    event_key_jmespath=os.environ["IDEMPOTENCY_KEY_PATH"],
    expires_after_seconds=int(os.environ["IDEMPOTENCY_EXPIRES_AFTER_SECONDS"]),
    raise_on_no_idempotency_key=True,
    hash_function="sha256",
)
processor = BatchProcessor(EventType.SQS)


# Without a prefix the key begins with the names of the function and the module, and is another once one of them is.
@idempotent_function(data_keyword_argument="event", persistence_store=handled, config=config, key_prefix="invoices")
def handle(*, event: Mapping[str, Any]) -> None:
    """Do what the event asks for; raise, and it is tried again."""
    order = event["detail"]["data"]
    if order["total"] <= 0:
        raise ValueError(f"order {order['order_id']} has no total")
    print(json.dumps({"invoice": order["order_id"], "for": event["detail-type"]}))


def handle_record(record: SQSRecord) -> None:
    """Take the event out of the message."""
    handle(event=record.json_body)


def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Handle a batch, and say which messages failed."""
    config.register_lambda_context(context)
    return process_partial_response(event=event, record_handler=handle_record, processor=processor, context=context)
