"""What the queues of several accounts hold: how one sees, without code of one's own, where an event arrived."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.local.emulator import Emulator

_BETWEEN_LOOKS = 0.1


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message that was taken from a queue.

    Args:
        account: The account of the queue.

        queue: The name of the queue.

        body: What it says, as JSON where it is JSON.

        attributes: Its attributes, such as `RULE_ARN` in a dead-letter queue.
    """

    account: str
    queue: str
    body: Any
    attributes: Mapping[str, str]


class Queues:
    """All queues of some accounts.

    Args:
        emulator: The emulator.

        accounts: The accounts.

        region: The Region. Default: that of the emulator.
    """

    def __init__(self, emulator: Emulator, accounts: Iterable[str], region: str | None = None) -> None:
        self._clients = {account: emulator.session(account, region).client("sqs") for account in accounts}

    def received(self, expected: int, *, seconds: float = 10, settle: float = 1) -> list[Message]:
        """Take from all queues what arrives there, and return it, by account and queue.

        Args:
            expected: How many messages are expected.

            seconds: How long they may take. Default: ten seconds.

            settle: How long to look on for what is not expected. Default: one second.
        """
        found: list[Message] = []
        end = time.monotonic() + seconds
        while len(found) < expected and time.monotonic() < end:
            found += self._taken()
            time.sleep(_BETWEEN_LOOKS)
        end = time.monotonic() + settle
        while time.monotonic() < end:
            time.sleep(_BETWEEN_LOOKS)
            found += self._taken()
        return sorted(found, key=lambda message: (message.account, message.queue))

    def _taken(self) -> Iterator[Message]:
        for account, sqs in self._clients.items():
            for url in sqs.list_queues().get("QueueUrls", ()):
                yield from _taken(account, sqs, url)


def _taken(account: str, sqs: Any, url: str) -> Iterator[Message]:  # noqa: ANN401 - boto3 has no types
    answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
    for message in answer.get("Messages", ()):
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        attributes = message.get("MessageAttributes", {})
        yield Message(
            account=account,
            queue=url.rpartition("/")[2],
            body=_read(message["Body"]),
            attributes={key: value.get("StringValue", "") for key, value in attributes.items()},
        )


def _read(body: str) -> Any:  # noqa: ANN401 - whatever was sent
    try:
        return json.loads(body)
    except ValueError:
        return body
