from dataclasses import replace

from cdk_eventbridge_patterns.checks.quotas.too_many_buses import TooManyBuses
from cdk_eventbridge_patterns.testing.builders import BILLING, a_bus
from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = TooManyBuses()


def buses(number: int, kind: BusKind = BusKind.CLASSIC) -> list[Bus]:
    return [a_bus(f"b{each}", kind=kind) for each in range(number)]


def test_the_first_bus_too_many_is_found() -> None:
    assert judged(CHECK, *buses(102)) == [
        "warning at Busb100: account 111111111111 has 102 classic buses in eu-west-1, and 100 is the quota"
    ]
    assert judged(CHECK, *buses(100)) == []


def test_the_quota_is_one_for_each_account_and_region() -> None:
    elsewhere = [a_bus("b", account=BILLING), a_bus("b", region="us-east-1")]

    assert judged(CHECK, *buses(100), *elsewhere) == []


def test_of_the_newer_buses_there_may_be_five() -> None:
    assert judged(CHECK, *buses(100), *buses(5, BusKind.V2)) == []
    (line,) = judged(CHECK, *buses(6, BusKind.V2))
    assert line.endswith("has 6 newer buses in eu-west-1, and 5 is the quota")


def test_buses_under_a_condition_may_not_be_there() -> None:
    *sure, last = buses(101)

    (line,) = judged(CHECK, *sure, replace(last, conditional=Undecided("condition 'IsProd' is not known")))

    assert line == (
        "undecided at Busb100: whether account 111111111111 has more than 100 classic buses in eu-west-1 "
        "is undecided: condition 'IsProd' is not known"
    )
