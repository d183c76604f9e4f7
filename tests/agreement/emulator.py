"""MiniStack, an emulator of AWS, in a process of its own, asked by AWS's own client.

It puts events into queues before it answers PutEvents, so that what is not there then is not delivered.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.testing.builders import ORDERS, REGION

_ENVIRONMENT = Path(__file__).parents[2] / ".agreement"
_LAUNCHER = Path(__file__).with_name("launcher.py")
_LOOPBACK = "127.0.0.1"
_STACK = "Orders"
_SECONDS_TO_START, _SECONDS_TO_STOP = 60, 5
_MOST_MESSAGES = 10  # of one ReceiveMessage


class Refused(Exception):  # noqa: N818 - an answer, like a stack that is deployed
    """The emulator does not deploy a template, or does not accept an event pattern."""


class Emulator:
    """The emulator, running."""

    def __init__(self, port: int) -> None:
        self._port = port

    @staticmethod
    def is_installed() -> bool:
        """Return whether `make agreement` installed it."""
        return (_ENVIRONMENT / ".installed").exists()

    @classmethod
    @contextmanager
    def running(cls, folder: Path) -> Iterator[Emulator]:
        """Start it, on a port of the loopback that is free, and stop it; *folder* is its home."""
        port, log = _free_port(), folder / "emulator.log"
        process = _start(port, folder, log)
        try:
            _wait(lambda: _answers(port, process, log), _SECONDS_TO_START)
            yield cls(port)
        finally:
            _stop(process)

    def matches(self, pattern: str, event: str) -> bool:
        """Return whether an event pattern matches an event.

        Raises:
            Refused: If the emulator refuses the event pattern.
        """
        try:
            answer = self._events.test_event_pattern(EventPattern=pattern, Event=event)
        except self._events.exceptions.InvalidEventPatternException as error:
            raise Refused(str(error)) from None
        return bool(answer["Result"])

    @contextmanager
    def deployed(self, template: Mapping[str, Any]) -> Iterator[None]:
        """Deploy a template, and delete it.

        Raises:
            Refused: If it can't be deployed.
        """
        try:
            self._create(template)
            _wait(lambda: not self._status().endswith("_IN_PROGRESS"), _SECONDS_TO_START)
            if self._status() != "CREATE_COMPLETE":
                raise Refused(self._status())
            yield
        finally:
            self._formation.delete_stack(StackName=_STACK)
            _wait(lambda: self._status() == "DELETE_COMPLETE", _SECONDS_TO_START)

    def publish(self, entry: Mapping[str, Any]) -> bool:
        """Publish an event, and return whether it is accepted."""
        return bool(self._events.put_events(Entries=[entry])["FailedEntryCount"] == 0)

    def received(self, queue: str) -> list[str]:
        """Return the bodies of all messages in a queue."""
        url = self._queues.get_queue_url(QueueName=queue)["QueueUrl"]
        bodies: list[str] = []
        while found := self._queues.receive_message(QueueUrl=url, MaxNumberOfMessages=_MOST_MESSAGES).get("Messages"):
            bodies += [message["Body"] for message in found]
        return bodies

    def _create(self, template: Mapping[str, Any]) -> None:
        try:
            self._formation.create_stack(
                StackName=_STACK, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_NAMED_IAM"]
            )
        except self._formation.exceptions.ClientError as error:
            raise Refused(str(error)) from None

    def _status(self) -> str:
        try:
            (stack,) = self._formation.describe_stacks(StackName=_STACK)["Stacks"]
        except self._formation.exceptions.ClientError:  # there is none of the name any more
            return "DELETE_COMPLETE"
        return str(stack["StackStatus"])

    @cached_property
    def _events(self) -> Any:
        return self._client("events")

    @cached_property
    def _formation(self) -> Any:
        return self._client("cloudformation")

    @cached_property
    def _queues(self) -> Any:
        return self._client("sqs")

    def _client(self, service: str) -> Any:
        """Return a client in the account of orders, whose number is its key here."""
        import boto3  # noqa: PLC0415 - it takes a while, and only these tests need it
        from botocore.config import Config  # noqa: PLC0415

        return boto3.client(
            service,
            endpoint_url=f"http://{_LOOPBACK}:{self._port}",
            region_name=REGION,
            aws_access_key_id=ORDERS,
            aws_secret_access_key="unused",  # noqa: S106 - nothing checks it
            config=Config(proxies={}, retries={"total_max_attempts": 1}),
        )


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind((_LOOPBACK, 0))
        return int(listening.getsockname()[1])


def _start(port: int, folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start the emulator, in a group of its own, with an environment that is the same everywhere."""
    settings = {
        "BIND_HOST": _LOOPBACK,  # it would listen to everybody
        "GATEWAY_PORT": str(port),
        "SERVICES": "cloudformation,events,iam,sqs,sts",
        "SFTP_ENABLED": "0",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.environ["PATH"],
    }
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603 - what `make agreement` installed
            [_ENVIRONMENT / "bin" / "python", _LAUNCHER],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=settings,
            cwd=folder,
            start_new_session=True,
        )


def _answers(port: int, process: subprocess.Popen[bytes], log: Path) -> bool:
    """Return whether the emulator answers; if it ended, its log is the error."""
    assert process.poll() is None, log.read_text(encoding="utf-8")
    connection = http.client.HTTPConnection(_LOOPBACK, port, timeout=1)
    try:
        connection.request("GET", "/_ministack/health")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _wait(until: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, f"nothing happened in {seconds} seconds"
        time.sleep(0.005)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the emulator and all it started, which is in its group."""
    for ending in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, ending)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_SECONDS_TO_STOP)
    assert process.stdin is not None
    process.stdin.close()
