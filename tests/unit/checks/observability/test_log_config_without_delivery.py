from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.checks.observability.log_config_without_delivery import LogConfigWithoutDelivery
from cdk_eventbridge_patterns.testing.builders import a_bus, a_log_delivery, bus_arn
from cdk_eventbridge_patterns.topology.bus import LogDelivery
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = LogConfigWithoutDelivery()
ERRORS, INFO, TRACE = (a_log_delivery(f"{level}_LOGS") for level in ("ERROR", "INFO", "TRACE"))


@pytest.mark.parametrize(
    ("level", "delivered", "lacking"),
    [
        ("ERROR", [], "ERROR_LOGS"),
        ("INFO", [], "ERROR_LOGS and INFO_LOGS"),
        ("INFO", [INFO], "ERROR_LOGS"),
        ("TRACE", [ERRORS, INFO], "TRACE_LOGS"),
        ("ERROR", [a_log_delivery("ERROR_LOGS", of=bus_arn("acme-prod-billing"))], "ERROR_LOGS"),
    ],
)
def test_logs_that_go_nowhere_are_found(level: str, delivered: list[LogDelivery], lacking: str) -> None:
    (line,) = judged(CHECK, a_bus(log_level=level), *delivered)

    assert line == (
        f"warning at Busacmeprodorders LogConfig: bus 'acme-prod-orders' logs at {level}, "
        f"and its {lacking} are delivered nowhere"
    )


@pytest.mark.parametrize(
    ("level", "delivered"),
    [(None, []), ("OFF", []), ("ERROR", [ERRORS]), ("INFO", [ERRORS, INFO]), ("TRACE", [ERRORS, INFO, TRACE])],
)
def test_each_level_needs_those_below_it(level: str | None, delivered: list[LogDelivery]) -> None:
    assert judged(CHECK, a_bus(log_level=level), *delivered) == []


def test_an_unknown_level_is_undecided() -> None:
    (line,) = judged(CHECK, a_bus(log_level="«parameter 'Level'»"))

    assert line == (
        "undecided at Busacmeprodorders LogConfig: whether the logs of bus 'acme-prod-orders' are delivered "
        "is undecided: its level is «parameter 'Level'»"
    )


@pytest.mark.parametrize(
    "delivery",
    [
        a_log_delivery("«parameter 'Type'»"),
        a_log_delivery("ERROR_LOGS", of=bus_arn("«parameter 'Bus'»")),
        replace(ERRORS, conditional=Undecided("condition 'IsProd' is not known")),
    ],
)
def test_a_delivery_that_may_be_the_right_one_leaves_it_undecided(delivery: LogDelivery) -> None:
    (line,) = judged(CHECK, a_bus(log_level="ERROR"), delivery)

    assert line.startswith("undecided at Busacmeprodorders LogConfig: whether the logs of bus 'acme-prod-orders'")
