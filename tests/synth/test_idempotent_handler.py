"""The example's handler, run with the environment that the example's template gives it: the two can't drift apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest
from aws_cdk import App
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from botocore.exceptions import ClientError

from cdk_eventbridge_patterns.testing import topology_in
from examples.idempotent_consumer import app as example
from tests.consumer_function import HANDLER, Context, loaded
from tests.templates import SynthesizedStack, synthesize

AWS = {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}


class Table:
    """A table that remembers what is put into it, and lets nothing be put twice."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.items: dict[str, dict[str, Any]] = {}

    def put_item(self, **asked: Any) -> None:
        key = self._key(asked["TableName"], asked["Item"])
        assert "attribute_not_exists(#id)" in asked["ConditionExpression"]
        if key in self.items:
            refused = {"Error": {"Code": "ConditionalCheckFailedException"}, "Item": self.items[key]}
            raise ClientError(refused, "PutItem")
        self.items[key] = asked["Item"]

    def update_item(self, **asked: Any) -> None:
        item = self.items[self._key(asked["TableName"], asked["Key"])]
        for placeholder, attribute in asked["ExpressionAttributeNames"].items():
            item[attribute] = asked["ExpressionAttributeValues"][placeholder.replace("#", ":")]

    def delete_item(self, **asked: Any) -> None:
        del self.items[self._key(asked["TableName"], asked["Key"])]

    def _key(self, table: str, item: Mapping[str, Any]) -> str:
        assert table == self.name
        return str(item["id"]["S"])


@pytest.fixture(scope="module")
def billing(tmp_path_factory: pytest.TempPathFactory) -> SynthesizedStack:
    """The stack of billing."""
    app = App(outdir=str(tmp_path_factory.mktemp("example")))
    example.build(app)
    return synthesize(app)["Shop/Billing"]


@pytest.fixture
def module(billing: SynthesizedStack) -> Iterator[ModuleType]:
    """The handler, as the template of billing configures it, with a table of its own."""
    with loaded(billing.one("AWS::Lambda::Function"), AWS) as handler:
        handler.handled.client = Table(billing.one("AWS::DynamoDB::Table")["TableName"])
        yield handler


def an_order(key: str | None = "k-1", *, event: str = "OrderPlaced", total: int = 3) -> dict[str, Any]:
    """Return an event as EventBridge delivers it."""
    known = {} if key is None else {"idempotencyKey": key}
    detail = {"metadata": {"version": 1, **known}, "data": {"order_id": f"o-{total}", "total": total}}
    return {"id": "another each time", "source": "com.acme.orders", "detail-type": f"{event}.v1", "detail": detail}


def failed(module: ModuleType, *events: dict[str, Any]) -> list[str]:
    """Return which of some events, each in a message, the handler says it failed on."""
    records = [
        {"messageId": f"m-{number}", "eventSource": "aws:sqs", "body": json.dumps(event)}
        for number, event in enumerate(events)
    ]
    answer = module.handler({"Records": records}, Context())
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def invoices(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """Return what was invoiced, and for which event."""
    written = map(json.loads, capsys.readouterr().out.splitlines())
    return [(each["invoice"], each["for"]) for each in written]


def test_an_event_that_comes_twice_is_handled_once(module: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert failed(module, an_order(), an_order()) == []
    assert failed(module, an_order()) == []

    assert invoices(capsys) == [("o-3", "OrderPlaced.v1")]


def test_one_bad_message_of_a_batch_is_reported_alone_and_handled_once_it_is_good(
    module: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failed(module, an_order("k-1"), an_order("k-2", total=0), an_order("k-3")) == ["m-1"]
    assert failed(module, an_order("k-2", total=5)) == []

    assert [invoice for invoice, _ in invoices(capsys)] == ["o-3", "o-3", "o-5"]


def test_a_batch_of_bad_messages_only_fails_as_a_whole(module: ModuleType) -> None:
    with pytest.raises(BatchProcessingError):
        failed(module, an_order(total=0))


def test_events_of_two_types_with_one_key_are_two_events(
    module: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failed(module, an_order(), an_order(event="OrderAmended")) == []

    assert invoices(capsys) == [("o-3", "OrderPlaced.v1"), ("o-3", "OrderAmended.v1")]


def test_events_without_a_key_are_no_duplicates_of_one_another_but_fail(
    module: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failed(module, an_order(), an_order(None), an_order(None)) == ["m-1", "m-2"]

    assert invoices(capsys) == [("o-3", "OrderPlaced.v1")]


def test_what_is_remembered_expires_by_the_attribute_that_the_table_deletes_by(
    module: ModuleType, billing: SynthesizedStack
) -> None:
    failed(module, an_order())

    (item,) = module.handled.client.items.values()
    table = billing.one("AWS::DynamoDB::Table")
    assert int(item[table["TimeToLiveSpecification"]["AttributeName"]]["N"]) > 1_700_000_000
    assert {each["AttributeName"] for each in table["KeySchema"]} <= item.keys()


def test_the_handler_fits_into_a_template(billing: SynthesizedStack) -> None:
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
    assert len(billing.one("AWS::Lambda::Function")["Code"]["ZipFile"]) <= 4096


def test_the_page_shows_the_handler_in_full() -> None:
    page = (HANDLER.parents[2] / "docs" / "idempotent_consumer.md").read_text(encoding="utf-8")

    assert HANDLER.read_text(encoding="utf-8") in page


def test_both_events_lead_to_the_function(billing: SynthesizedStack) -> None:
    topology = topology_in(billing.template_file.parent)

    (queue,) = (each.arn for each in topology.receivers if each.name == "acme-prod-billing--invoices")

    assert [code.account for code in topology.code_behind(queue)] == [example.BILLING]
