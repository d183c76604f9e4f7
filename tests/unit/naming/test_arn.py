import pytest

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.arn import (
    Arn,
    account_root,
    arn,
    check_account,
    check_organization,
    check_region,
    partition_of,
    role_arn,
)


@pytest.mark.parametrize(
    "value",
    ["11111111111", "1111111111111", "billing", "111111111111\n", 111111111111, None, "${Token[TOKEN.7]}"],
)
def test_an_account_is_twelve_digits_in_quotes(value: str) -> None:
    with pytest.raises(NamingError) as refused:
        check_account(value)

    assert str(refused.value) == (
        f"account must be a 12-digit account id in quotes, such as '111111111111', got {value!r}"
    )


@pytest.mark.parametrize("value", ["Ireland", "eu-west", "eu_west_1", "EU-WEST-1", "eu-west-1a", "", None])
def test_a_region_is_a_literal_region_name(value: str) -> None:
    with pytest.raises(NamingError) as refused:
        check_region(value)

    assert str(refused.value) == f"region must be a Region, such as 'eu-west-1', got {value!r}"


@pytest.mark.parametrize("value", ["exampleorg1", "o-short", "o-EXAMPLEORG1", "ou-exampleorg1", None])
def test_an_organisation_is_known_by_its_id(value: str) -> None:
    with pytest.raises(NamingError) as refused:
        check_organization(value)

    assert str(refused.value) == (
        f"organization_id must be an AWS organisation id, such as 'o-exampleorg1', got {value!r}"
    )


def test_what_is_right_is_handed_back() -> None:
    assert check_account("012345678901") == "012345678901"
    assert check_region("ap-southeast-2") == "ap-southeast-2"
    assert check_organization("o-exampleorg1") == "o-exampleorg1"


def test_the_error_names_the_argument_of_the_caller() -> None:
    with pytest.raises(NamingError, match=r"^consumer_account must be"):
        check_account("billing", "consumer_account")


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("eu-west-1", "aws"),
        ("us-east-1", "aws"),
        ("cn-north-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
        ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("us-isof-south-1", "aws-iso-f"),
        ("eu-isoe-west-1", "aws-iso-e"),
        ("eusc-de-east-1", "aws-eusc"),
    ],
)
def test_the_partition_follows_from_the_region(region: str, partition: str) -> None:
    assert partition_of(check_region(region)) == partition


def test_an_arn_is_literal_in_all_parts() -> None:
    queue = arn("sqs", "acme-prod-billing--invoices", region="eu-west-1", account="222222222222")

    assert queue == "arn:aws:sqs:eu-west-1:222222222222:acme-prod-billing--invoices"


def test_iam_is_global_but_not_across_partitions() -> None:
    role = role_arn("acme-prod-billing--orders", region="cn-north-1", account="222222222222")
    root = account_root("222222222222", region="cn-north-1")

    assert role == "arn:aws-cn:iam::222222222222:role/acme-prod-billing--orders"
    assert root == "arn:aws-cn:iam::222222222222:root"


def test_an_arn_is_split_into_its_parts() -> None:
    log_group = Arn.parse("arn:aws:logs:eu-west-1:111111111111:log-group:/aws/events/orders:*")

    assert log_group == Arn("aws", "logs", "eu-west-1", "111111111111", "log-group:/aws/events/orders:*")


@pytest.mark.parametrize(
    "text",
    ["", "orders", "arn:aws:sqs", "urn:aws:sqs:eu-west-1:111111111111:orders", "${Token[TOKEN.7]}", None],
)
def test_what_is_not_a_literal_arn_is_refused(text: str) -> None:
    with pytest.raises(NamingError) as refused:
        Arn.parse(text, "queue_arn")

    assert str(refused.value) == (
        "queue_arn must be a literal ARN, such as "
        f"'arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders', got {text!r}"
    )
