"""The clients that are made where a function hands in none."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.runtime import FieldEncrypter
from cdk_eventbridge_patterns.runtime.clients import events_client, new_client
from tests.aws_fakes import ORDERS_KEY


@pytest.fixture(autouse=True)
def function(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Lambda sets."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "no")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "body")


def test_the_client_of_the_bus_asks_once_so_that_attempts_are_counted_in_one_place() -> None:
    assert events_client().meta.config.retries["total_max_attempts"] == 1  # type: ignore[attr-defined]


def test_a_client_is_in_the_region_of_the_function_and_that_of_kms_in_the_region_of_the_key() -> None:
    key = ORDERS_KEY.replace("eu-west-1", "us-east-1")

    encrypter = FieldEncrypter(key)

    (master_key,) = encrypter._sdk._provider._members
    assert new_client("s3").meta.region_name == "eu-west-1"
    assert master_key.config.client.meta.region_name == "us-east-1"
