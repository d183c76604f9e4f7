"""The assembly deployed on this machine: what arrives, what fails, what comes again, and that all of it goes away."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from cdk_eventbridge_patterns.errors import EmulatorError
from cdk_eventbridge_patterns.local import Emulator, Message, Queues, install
from cdk_eventbridge_patterns.local.installation import is_installed
from examples.demo.cdk_cli import CdkCli
from examples.demo.traced import Publication, publications

REPLAY = "once-more"


@dataclass
class Progress:
    """What is done, as it is done."""

    console: Console
    started: float = field(default_factory=time.monotonic)

    @contextmanager
    def step(self, doing: str, done: str) -> Iterator[None]:
        """Say what is being done while it is, and how long it took."""
        began = time.monotonic()
        if not self.console.is_terminal:
            self.say(doing)
        with self.console.status(doing):
            yield
        self.say(f"{done}, {time.monotonic() - began:.0f} s")

    def say(self, line: str) -> None:
        """Print a line, with the time since the start."""
        seconds = time.monotonic() - self.started
        self.console.print(f"{seconds:5.0f} s  {line}", markup=False, highlight=False, soft_wrap=True)

    def of_stacks(self, line: str) -> None:
        """Print what the CDK says when it is done with a stack."""
        if "✅" in line:
            self.say(line.strip())


@dataclass
class Demo:
    """The accounts, and what is published in them."""

    emulator: Emulator
    published: Sequence[Publication]
    region: str

    def __post_init__(self) -> None:
        self.accounts = sorted({each.bus.account for each in self.published})
        self.queues = Queues(self.emulator, self.accounts, self.region)

    def client(self, service: str, account: str) -> Any:  # noqa: ANN401 - boto3 has no types
        return self.emulator.session(account, self.region).client(service)

    def publish(self, publication: Publication, *, expect: int) -> list[Message]:
        """Publish an event, and return what arrives anywhere."""
        event = publication.event
        entry = {
            "Source": event["source"],
            "DetailType": event["detail-type"],
            "Detail": json.dumps(event["detail"]),
            "EventBusName": publication.bus.name,
        }
        self.client("events", publication.bus.account).put_events(Entries=[entry])
        return self.queues.received(expect)

    def publish_without_queue(self, publication: Publication) -> list[Message]:
        """Publish an event while the first queue that it goes to is gone."""
        account, queue = publication.queues[0]
        sqs = self.client("sqs", account)
        sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName=queue)["QueueUrl"])
        try:
            return self.publish(publication, expect=len(publication.queues))
        finally:
            sqs.create_queue(QueueName=queue)

    def replay(self, account: str, *, expect: int) -> list[Message]:
        """Replay all that the archive of an account has, and return what arrives anywhere."""
        events = self.client("events", account)
        (archive,) = events.list_archives()["Archives"]
        found = events.describe_archive(ArchiveName=archive["ArchiveName"])
        now = datetime.now(timezone.utc)
        events.start_replay(
            ReplayName=REPLAY,
            EventSourceArn=found["ArchiveArn"],
            EventStartTime=now - timedelta(hours=1),
            EventEndTime=now,
            Destination={"Arn": found["EventSourceArn"]},
        )
        return self.queues.received(expect)

    def left(self) -> list[str]:
        """Return what is left in all accounts, but for what bootstrapping put there."""
        found: list[str] = []
        for account in self.accounts:
            events = self.client("events", account)
            found += [each["Name"] for each in events.list_event_buses()["EventBuses"] if each["Name"] != "default"]
            found += [each["ArchiveName"] for each in events.list_archives()["Archives"]]
            found += self.client("sqs", account).list_queues().get("QueueUrls", [])
            found += [each["RoleName"] for each in self.client("iam", account).list_roles()["Roles"]]
        return [each for each in found if not each.startswith("cdk-")]


def run(console: Console, assembly: Path) -> None:
    """Deploy, publish, fail, replay and remove, and print what came of it."""
    progress = Progress(console)
    published = publications(assembly)
    region = published[0].bus.region
    if not is_installed():
        with progress.step("Installing the emulator into .emulator, a minute or two", "The emulator is installed"):
            install()
    table = _table()
    with Emulator(region=region) as emulator:
        progress.say(f"The emulator listens on {emulator.url}, and nowhere else")
        demo = Demo(emulator, published, region)
        cli = CdkCli(emulator, assembly, region, account=demo.accounts[0])
        with progress.step("cdk bootstrap", f"cdk bootstrap: {', '.join(demo.accounts)}"):
            cli.bootstrap(demo.accounts)
        with progress.step("cdk deploy --all", "cdk deploy --all"):
            cli.deploy(progress.of_stacks)
        with progress.step("Publishing an event of each contract", "Each event arrived where it was traced to"):
            _show_events(demo, table)
        with progress.step("cdk destroy --all", "cdk destroy --all"):
            cli.destroy(progress.of_stacks)
        _expect("what is left", demo.left(), [])
        progress.say(f"Nothing is left in any account; the emulator used {_memory(emulator.pid)}")
    console.print(table)
    accounts = len(demo.accounts)
    seconds = time.monotonic() - progress.started
    console.print(f"Deployed to {accounts} accounts, used and removed again in {seconds:.0f} s.")


def _show_events(demo: Demo, table: Table) -> None:
    """Let the first event arrive, fail and come again, then the others arrive; hold each to where it was traced to."""
    first, *others = demo.published
    _show_arrival(demo, table, first)

    (letter,) = (each for each in demo.publish_without_queue(first) if "ERROR_MESSAGE" in each.attributes)
    _add(table, first, [letter], "dead letter")

    consumer, queue = first.queues[0]
    again = demo.replay(consumer, expect=2)
    _expect(f"{first.title}, replayed", _places(again), [(consumer, queue)] * 2)
    _expect("replay-name", [each.body.get("replay-name") for each in again], [REPLAY] * 2)
    _add(table, first, again, "replayed")

    for publication in others:
        _show_arrival(demo, table, publication)


def _show_arrival(demo: Demo, table: Table, publication: Publication) -> None:
    arrived = demo.publish(publication, expect=len(publication.queues))
    _expect(publication.title, _places(arrived), publication.queues)
    _add(table, publication, arrived, "as traced")


def _places(messages: Sequence[Message]) -> list[tuple[str, str]]:
    return [(each.account, each.queue) for each in messages]


def _expect(what: str, found: Sequence[Any], expected: Sequence[Any]) -> None:
    if list(found) != list(expected):
        raise EmulatorError(f"{what}: expected {list(expected)}, got {list(found)}")


def _table() -> Table:
    table = Table(title="What arrived where", box=SIMPLE_HEAD)
    for column in ("event", "published in", "arrived in"):
        table.add_column(column, no_wrap=True)
    table.add_column("queue", overflow="fold")
    table.add_column("how", no_wrap=True)
    return table


def _add(table: Table, publication: Publication, arrived: Sequence[Message], how: str) -> None:
    for message in arrived:
        table.add_row(publication.title, publication.bus.account, message.account, message.queue, how)


def _memory(pid: int | None) -> str:
    """Return what a process used at most, where the system says it."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return "memory that this system does not tell"
    (peak,) = (line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    return f"{int(peak.split()[1]) // 1024} MB"
