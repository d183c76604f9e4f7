"""What EventBridge does not take is sent again if that may help, and told if not."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, NoCredentialsError, ReadTimeoutError

from cdk_eventbridge_patterns.errors import PublishError
from cdk_eventbridge_patterns.runtime import EventPublisher, EventsNotSentError, OutgoingEvent, PublishReport, Retries
from cdk_eventbridge_patterns.runtime.sender import Sender
from tests.aws_fakes import FakeBus, a_fault
from tests.runtime_world import ACME, BUS, ORDER_NOTED

RETRIES = Retries(attempts=3, first_seconds=1, longest_seconds=1.5)


def events(count: int) -> list[OutgoingEvent]:
    publisher = EventPublisher(BUS, contracts=[ORDER_NOTED], naming=ACME)
    return [publisher.event(ORDER_NOTED, {"order_id": f"o-{number}"}) for number in range(count)]


def sent_to(bus: FakeBus, count: int, waits: list[float] | None = None) -> PublishReport:
    sleep = (waits if waits is not None else []).append
    return Sender(bus, retries=RETRIES, sleep=sleep, random=lambda: 0.5).send(events(count))


def details(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["Detail"] for entry in entries]


def test_ten_events_go_with_one_call() -> None:
    bus = FakeBus()

    report = sent_to(bus, 12)

    assert [len(entries) for entries in bus.calls] == [10, 2]
    assert (len(report.sent), report.unsent) == (12, ())


@pytest.mark.parametrize(("size", "calls"), [(499_999, [2]), (500_000, [1, 1])])
def test_a_call_stays_below_the_limit(size: int, calls: list[int]) -> None:
    bus = FakeBus()
    entry = {"Source": "s", "DetailType": "d", "Detail": "x" * (size - 2)}
    event = OutgoingEvent(contract=ORDER_NOTED, id=None, idempotency_key=None, entry=entry)

    Sender(bus, retries=RETRIES).send([event, event])

    assert [len(entries) for entries in bus.calls] == calls


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalFailure", "InternalException"])
def test_only_the_entries_that_failed_for_a_passing_reason_are_sent_again(code: str) -> None:
    bus = FakeBus({1: code})

    report = sent_to(bus, 3)

    first, again = bus.calls
    assert details(again) == [details(first)[1]]
    assert [each.event.entry["Detail"] for each in report.sent] == details(first)


@pytest.mark.parametrize("code", ["NotAuthorizedForSourceException", "MalformedDetail", "AccessDeniedException", "New"])
def test_what_another_attempt_does_not_mend_is_told_at_once(code: str) -> None:
    bus = FakeBus({0: code})

    report = sent_to(bus, 2)

    (unsent,) = report.unsent
    assert (unsent.code, unsent.message, unsent.attempts) == (code, "no", 1)
    assert len(bus.calls) == 1


def test_the_bound_of_a_wait_doubles_up_to_the_longest() -> None:
    bounds = [Retries(first_seconds=0.5, longest_seconds=5).longest_wait(attempts) for attempts in range(1, 7)]

    assert bounds == [0.5, 1, 2, 4, 5, 5]


def test_an_entry_is_given_up_after_the_last_attempt() -> None:
    throttled: Mapping[int, str] = {0: "ThrottlingException"}
    waits: list[float] = []

    report = sent_to(FakeBus(throttled, throttled, throttled), 1, waits)

    (unsent,) = report.unsent
    assert unsent.attempts == 3
    assert waits == [0.5, 0.75]


@pytest.mark.parametrize(
    "error",
    [
        a_fault("ThrottlingException"),
        a_fault("SomethingNew", status=503),
        ReadTimeoutError(endpoint_url="https://events"),
        EndpointConnectionError(endpoint_url="https://events"),
    ],
    ids=["throttled", "server error", "timeout", "no connection"],
)
def test_a_call_that_fails_as_a_whole_is_made_again(error: Exception) -> None:
    bus = FakeBus(error)

    report = sent_to(bus, 2)

    assert details(bus.calls[0]) == details(bus.calls[1])
    assert len(report.sent) == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (a_fault("AccessDeniedException"), "AccessDeniedException"),
        (NoCredentialsError(), "NoCredentialsError"),
        (RuntimeError("broken"), "RuntimeError"),
    ],
    ids=["denied", "no credentials", "a fault of ours"],
)
def test_a_call_that_fails_for_good_fails_for_each_of_its_events_and_no_others(error: Exception, code: str) -> None:
    report = sent_to(FakeBus(error), 12)

    assert {each.code for each in report.unsent} == {code}
    assert (len(report.unsent), len(report.sent)) == (10, 2)


def test_an_event_without_an_answer_counts_as_not_sent() -> None:
    class ShortBus(FakeBus):
        def put_events(self, **request: Any) -> dict[str, Any]:
            return {"Entries": super().put_events(**request)["Entries"][:-1]}

    report = sent_to(ShortBus(), 2)

    assert [each.code for each in report.unsent] == ["NoAnswer"]


def test_the_error_has_the_report_and_tells_the_events() -> None:
    report = sent_to(FakeBus({0: "MalformedDetail"}), 2)

    with pytest.raises(
        EventsNotSentError, match=r"1 of 2 events were not sent: orders/OrderNoted\.v1 without id: MalformedDetail no"
    ) as raised:
        report.raise_if_any_failed()

    assert raised.value.report is report
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)  # noqa: S301 - our own


def test_a_report_without_failures_is_handed_on() -> None:
    report = sent_to(FakeBus(), 1)

    assert report.raise_if_any_failed() is report


def test_publishing_raises_what_was_not_sent() -> None:
    publisher = EventPublisher(BUS, contracts=[ORDER_NOTED], naming=ACME, events=FakeBus({0: "MalformedDetail"}))

    with pytest.raises(EventsNotSentError, match="MalformedDetail"):
        publisher.publish(ORDER_NOTED, {"order_id": "o-1"})


@pytest.mark.parametrize("wrong", [{"attempts": 0}, {"first_seconds": -1}, {"longest_seconds": -1}])
def test_retries_that_send_nothing_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(PublishError, match="at least one attempt"):
        Retries(**wrong)
