from dataclasses import replace

from cdk_eventbridge_patterns.checks.quotas.too_many_targets import TooManyTargets
from cdk_eventbridge_patterns.testing.builders import a_rule, a_target, queue_arn
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = TooManyTargets()


def with_targets(number: int) -> Rule:
    return a_rule(*(a_target(queue_arn(), str(each)) for each in range(number)), name="ship")


def test_a_sixth_target_is_found() -> None:
    assert judged(CHECK, with_targets(6)) == [
        "error at Ruleship Targets: rule 'ship' has 6 targets, over the limit of 5"
    ]
    assert judged(CHECK, with_targets(5)) == []


def test_of_a_list_that_is_given_at_deployment_the_number_is_undecided() -> None:
    (line,) = judged(CHECK, replace(with_targets(1), targets=Undecided("parameter 'Targets' is known then only")))

    assert line == (
        "undecided at Ruleship Targets: whether rule 'ship' has more than 5 targets is undecided: "
        "parameter 'Targets' is known then only"
    )
