import pytest

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.plan import ArchiveSettings, Disabled, Plan
from cdk_eventbridge_patterns.plan.plan import duplicates, logical_id
from cdk_eventbridge_patterns.plan.queue import QueueAddress, add_queue, plan_dead_letter_queue
from cdk_eventbridge_patterns.topology import STAMP_KEY, Stamp

ACME = NamingConvention(organization="acme", stage="prod")
LOST = QueueAddress.of(ACME, "billing", "dead-letters", account="222222222222", region="eu-west-1")


def test_a_logical_id_is_made_of_words() -> None:
    assert logical_id("order-history", "order-placed-v1", "Rule") == "OrderHistoryOrderPlacedV1Rule"


def test_what_is_none_or_not_asked_for_is_left_out() -> None:
    plan = Plan()

    plan.add("Orders", "AWS::Events::EventBus", {"Name": "orders", "KmsKeyIdentifier": None})

    assert plan.resources == {"Orders": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "orders"}}}


def test_stamp_dependencies_and_what_becomes_of_the_data_stand_beside_the_properties() -> None:
    plan = Plan()

    plan.add("Orders", "T", {}, depends_on=["B", "A"], stamp=Stamp(service="orders"), disposable=True)

    assert plan.resources["Orders"] == {
        "Type": "T",
        "Properties": {},
        "DependsOn": ["A", "B"],
        "Metadata": {STAMP_KEY: {"service": "orders"}},
        "DeletionPolicy": "Delete",
        "UpdateReplacePolicy": "Delete",
    }


def test_a_logical_id_is_given_once() -> None:
    plan, other = Plan(), Plan()
    plan.add("Orders", "T", {})
    other.add("Orders", "T", {})

    with pytest.raises(DeclarationError, match="'Orders' is declared twice; give one of the two another name"):
        plan.add("Orders", "T", {})
    with pytest.raises(DeclarationError, match="'Orders' is declared twice; give one of the two another name"):
        plan.include(other)


def test_a_plan_that_is_refused_takes_nothing_over() -> None:
    plan, other = Plan(), Plan()
    plan.add("Orders", "T", {})
    other.add("Billing", "T", {})
    other.add("Orders", "T", {})

    with pytest.raises(DeclarationError):
        plan.include(other)

    assert set(plan.resources) == {"Orders"}


def test_the_template_is_sorted() -> None:
    plan = Plan()
    plan.add("B", "T", {})
    plan.add("A", "T", {})

    assert list(plan.template()["Resources"]) == ["A", "B"]


def test_duplicates_are_named_once_each() -> None:
    assert duplicates(["b", "a", "b", "c", "a", "b"]) == ["a", "b"]


# -- small declarations ------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, -1, 36_501, True, "30"])
def test_an_archive_is_never_kept_for_no_days_which_aws_takes_as_for_ever(days: int) -> None:
    with pytest.raises(DeclarationError, match="retention_days must be 1 to 36500 days, or None for ever, got"):
        ArchiveSettings(retention_days=days)


@pytest.mark.parametrize("reason", ["", "  ", None, 5])
def test_nothing_is_switched_off_without_a_reason(reason: str) -> None:
    with pytest.raises(DeclarationError, match="reason must say why it is switched off, got"):
        Disabled(reason)


# -- queues ------------------------------------------------------------------------------------------------


def test_a_dead_letter_queue_is_standard_encrypted_by_sqs_and_kept_fourteen_days() -> None:
    queue = plan_dead_letter_queue(LOST, "billing").resources["BillingDeadLettersQueue"]

    assert queue["Properties"] == {
        "QueueName": "acme-prod-billing--dead-letters",
        "MessageRetentionPeriod": 14 * 24 * 60 * 60,
        "SqsManagedSseEnabled": True,
    }


def test_a_dead_letter_queue_comes_with_a_policy_that_lets_nobody_in_yet() -> None:
    policy = plan_dead_letter_queue(LOST, "billing").resources["BillingDeadLettersQueuePolicy"]["Properties"]

    assert policy["Queues"] == [{"Ref": "BillingDeadLettersQueue"}]
    assert [statement["Effect"] for statement in policy["PolicyDocument"]["Statement"]] == ["Deny"]


def test_a_dead_letter_queue_comes_with_an_alarm_on_the_first_message() -> None:
    alarm = plan_dead_letter_queue(LOST, "billing").resources["BillingDeadLettersQueueAlarm"]

    assert alarm["Properties"] == {
        "AlarmName": "acme-prod-billing--dead-letters",
        "AlarmDescription": "Events that could not be delivered are in queue acme-prod-billing--dead-letters",
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateNumberOfMessagesVisible",
        "Dimensions": [{"Name": "QueueName", "Value": "acme-prod-billing--dead-letters"}],
        "Statistic": "Maximum",
        "Period": 300,
        "EvaluationPeriods": 1,
        "Threshold": 0,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
    }
    assert alarm["Metadata"] == {STAMP_KEY: {"service": "billing"}}


def test_why_there_is_no_alarm_is_stamped_on_the_queue() -> None:
    plan = plan_dead_letter_queue(LOST, "billing", alarm=Disabled("another tool watches it"))

    assert "BillingDeadLettersQueueAlarm" not in plan.resources
    assert plan.resources["BillingDeadLettersQueue"]["Metadata"][STAMP_KEY] == {
        "service": "billing",
        "disabled": {"alarm": "another tool watches it"},
    }


def test_a_queue_may_send_what_fails_to_another() -> None:
    plan = Plan()
    inbox = QueueAddress.of(ACME, "billing", "inbox", account="222222222222", region="eu-west-1")

    add_queue(plan, inbox, stamp=Stamp(service="billing"), redrive_to=LOST)

    assert plan.resources["BillingInboxQueue"]["Properties"]["RedrivePolicy"] == {
        "deadLetterTargetArn": "arn:aws:sqs:eu-west-1:222222222222:acme-prod-billing--dead-letters",
        "maxReceiveCount": 5,
    }
