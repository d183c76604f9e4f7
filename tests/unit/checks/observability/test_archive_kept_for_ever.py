import pytest

from cdk_eventbridge_patterns.checks.observability.archive_kept_for_ever import ArchiveKeptForEver
from cdk_eventbridge_patterns.testing.builders import an_archive
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = ArchiveKeptForEver()


@pytest.mark.parametrize("days", [0, None])
def test_an_archive_without_an_end_is_found(days: int | None) -> None:
    assert judged(CHECK, an_archive(retention_days=days)) == [
        "warning at Archive RetentionDays: archive 'orders' keeps events for ever"
    ]


def test_an_archive_with_an_end_is_fine() -> None:
    assert judged(CHECK, an_archive(retention_days=1)) == []


def test_an_unknown_number_of_days_is_undecided() -> None:
    (line,) = judged(CHECK, an_archive(retention_days=Undecided("it is «parameter 'Days'»")))

    assert line == (
        "undecided at Archive RetentionDays: whether archive 'orders' keeps events for ever is undecided: "
        "it is «parameter 'Days'»"
    )
