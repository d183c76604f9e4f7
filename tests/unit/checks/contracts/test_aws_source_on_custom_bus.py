import pytest

from cdk_eventbridge_patterns.checks.contracts.aws_source_on_custom_bus import AwsSourceOnCustomBus
from cdk_eventbridge_patterns.testing.builders import a_rule, a_target, bus_arn
from cdk_eventbridge_patterns.topology.bus import BusKind
from tests.unit.checks.judged import judged

CHECK = AwsSourceOnCustomBus()
UPLOADS = {"source": ["aws.s3"], "detail-type": ["Object Created"]}
WAITING = a_rule(name="uploads", event_pattern=UPLOADS)
FAULT = (
    "warning at Ruleuploads EventPattern: rule 'uploads' waits on bus 'acme-prod-orders' for events of AWS, "
    "which don't come there"
)


@pytest.mark.parametrize(
    "pattern",
    [UPLOADS, {"source": [{"prefix": "aws."}]}, {"$or": [{"source": ["aws.s3"]}, {"source": ["aws.ec2"]}]}],
)
def test_a_rule_for_events_of_aws_on_a_custom_bus_is_found(pattern: object) -> None:
    assert judged(CHECK, a_rule(name="uploads", event_pattern=pattern)) == [FAULT]


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["aws.s3", "com.acme.orders"]},
        {"$or": [{"source": ["aws.s3"]}, {"detail-type": ["OrderPlaced.v1"]}]},
        {"source": ["awesome.orders"]},
        {"detail": {"by": ["aws.s3"]}},
    ],
)
def test_a_rule_for_other_events_too_is_fine(pattern: object) -> None:
    assert judged(CHECK, a_rule(event_pattern=pattern)) == []


@pytest.mark.parametrize("bus", ["default", "aws.partner/acme.com/crm"])
def test_a_rule_is_fine_where_such_events_come(bus: str) -> None:
    assert judged(CHECK, a_rule(on=bus_arn(bus), event_pattern=UPLOADS)) == []


def test_subscribers_of_the_newer_bus_are_not_asked() -> None:
    assert judged(CHECK, a_rule(kind=BusKind.V2, event_pattern=UPLOADS)) == []


def test_a_rule_of_the_default_bus_may_bring_them() -> None:
    def forward(source: str, on: str = "default") -> list[str]:
        return judged(
            CHECK, WAITING, a_rule(a_target(bus_arn()), name="f", on=bus_arn(on), event_pattern={"source": [source]})
        )

    assert forward("aws.s3") == []
    assert forward("com.acme.orders") == [FAULT]
    assert forward("aws.s3", on="acme-prod-billing")[:1] == [FAULT]


def test_a_forwarding_rule_whose_target_nobody_knows_leaves_it_undecided() -> None:
    forward = a_rule(a_target(bus_arn("«parameter 'Bus'»")), name="f", on=bus_arn("default"), event_pattern=UPLOADS)

    (line,) = judged(CHECK, WAITING, forward)

    assert line == (
        "undecided at Ruleuploads EventPattern: whether events of AWS services come to bus 'acme-prod-orders' "
        "of rule 'uploads' is undecided: parameter 'Bus' is known at deployment only"
    )


def test_on_a_bus_that_nobody_knows_it_is_undecided() -> None:
    (line,) = judged(CHECK, a_rule(name="uploads", on=bus_arn("«parameter 'Bus'»"), event_pattern=UPLOADS))

    assert line.startswith("undecided at Ruleuploads EventPattern: whether events of AWS services come to bus")
