"""Plays Lambda, which the emulator can't: it has no functions without Docker."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.local import AccountSession

PLAYED = FUNCTION, MAPPING = "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping"

_AT_ONCE = 10  # ReceiveMessage


def without_functions(assembly: Path, folder: Path) -> Path:
    """Copy *assembly* into *folder* without its functions, their code, what feeds them, and what only they ask for."""
    copied = Path(shutil.copytree(assembly, folder))
    for file in copied.rglob("*.assets.json"):
        assets = json.loads(file.read_text(encoding="utf-8"))
        files = {key: each for key, each in assets["files"].items() if each["source"]["packaging"] != "zip"}
        file.write_text(json.dumps({**assets, "files": files}), encoding="utf-8")
    for file in copied.rglob("*.template.json"):
        template = json.loads(file.read_text(encoding="utf-8"))
        resources = template.get("Resources", {})
        left = {key: each for key, each in resources.items() if each["Type"] not in (FUNCTION, MAPPING)}
        if left != resources:
            parameters = template.pop("Parameters", {})
            rest = json.dumps({**template, "Resources": left})
            used = {name: each for name, each in parameters.items() if f'"Ref": "{name}"' in rest}
            file.write_text(json.dumps({**template, "Parameters": used, "Resources": left}), encoding="utf-8")
    return copied


def playable(assembly: Path) -> Path:
    """Return *assembly* without its functions, copied once to a place beside it."""
    folder = assembly.parent / "played" / assembly.relative_to(assembly.parents[1])
    return folder if folder.exists() else without_functions(assembly, folder)


def functions_in(assembly: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the properties of each function of *assembly*, with those of what feeds it."""
    for file in sorted(assembly.rglob("*.template.json")):
        resources = json.loads(file.read_text(encoding="utf-8")).get("Resources", {})
        of = {kind: [each["Properties"] for each in resources.values() if each["Type"] == kind] for kind in PLAYED}
        yield from zip(of[FUNCTION], of[MAPPING], strict=True)


class EventSourceMapping:
    """Hands the messages of a queue to a function's handler, and takes its answer, as Lambda does.

    A message that the handler names as failed, and all of a batch that it raises on, stay in the queue; the others are
    deleted. Lambda waits for the visibility timeout before it tries a message again: here that is left out, by making
    what failed visible at once.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html

    Args:
        session: Whose queue it is.

        mapping: The `AWS::Lambda::EventSourceMapping` of a template.

        handler: The handler.
    """

    def __init__(
        self, session: AccountSession, mapping: Mapping[str, Any], handler: Callable[[dict[str, Any]], Any]
    ) -> None:
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        self._handler = handler
        self._arn = mapping["EventSourceArn"]
        self._batch_size = min(mapping["BatchSize"], _AT_ONCE)
        self._sqs = session.client("sqs")
        self._url = self._sqs.get_queue_url(QueueName=self._arn.rpartition(":")[2])["QueueUrl"]

    def run(self, *, messages: int, seconds: int = 10) -> list[str]:
        """Handle so many messages, or those that come in time, and return the ids of those that stayed in the queue."""
        left, failed = messages, list[str]()
        while left > 0 and (batch := self._received(seconds)):
            failed += self._handled(batch)
            left -= len(batch)
        return failed

    def _received(self, seconds: int) -> list[dict[str, Any]]:
        answer = self._sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=self._batch_size,
            WaitTimeSeconds=seconds,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        messages: list[dict[str, Any]] = answer.get("Messages", [])
        return messages

    def _handled(self, batch: list[dict[str, Any]]) -> Iterator[str]:
        failed = {message["MessageId"] for message in batch}
        with suppress(Exception):  # whatever a handler raises is the end of its batch
            answer = self._handler({"Records": list(map(self._record, batch))})
            failed = {each["itemIdentifier"] for each in (answer or {}).get("batchItemFailures") or ()}
        for message in batch:
            handle = {"QueueUrl": self._url, "ReceiptHandle": message["ReceiptHandle"]}
            if message["MessageId"] in failed:
                self._sqs.change_message_visibility(**handle, VisibilityTimeout=0)
                yield message["MessageId"]
            else:
                self._sqs.delete_message(**handle)

    def _record(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Return a message as Lambda hands it on.

        https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
        """
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": message.get("MessageAttributes", {}),
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self._arn,
            "awsRegion": self._arn.split(":")[3],
        }
