from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.access.evaluation import decide
from cdk_eventbridge_patterns.access.read_schemas import READ_ACTIONS, read_by_accounts, read_by_organization
from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.assembly.elements.statements import statements
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, a_location

REGISTRY, OUR_SCHEMAS = "acme-prod-orders", f"arn:aws:schemas:eu-west-1:{ORDERS}:schema/acme-prod-orders"
STRANGER = "999999999999"


def billing_may() -> Statement:
    return read_by_accounts(REGISTRY, [BILLING], account=ORDERS, region="eu-west-1")


def the_organisation_may() -> Statement:
    return read_by_organization(REGISTRY, "o-exampleorg1", account=ORDERS, region="eu-west-1")


def allows(statement: Statement, account: str, action: str, resource: str, organization: str | None = None) -> bool:
    request = Request(
        principal=Principal.of_account(account),
        action=action,
        resource=resource,
        given={} if organization is None else {"aws:PrincipalOrgID": organization},
    )
    return decide(request, statements({"Statement": [statement]}, a_location("Policy"))).answer is True


def test_the_statement_for_accounts_is_exact() -> None:
    assert billing_may() == {
        "Sid": "ReadByAccounts",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::222222222222:root"},
        "Action": [
            "schemas:DescribeRegistry",
            "schemas:ListSchemas",
            "schemas:SearchSchemas",
            "schemas:DescribeSchema",
            "schemas:ListSchemaVersions",
            "schemas:DescribeCodeBinding",
            "schemas:GetCodeBindingSource",
        ],
        "Resource": [
            "arn:aws:schemas:eu-west-1:111111111111:registry/acme-prod-orders",
            "arn:aws:schemas:eu-west-1:111111111111:schema/acme-prod-orders*",
        ],
    }


@pytest.mark.parametrize("action", READ_ACTIONS)
def test_a_reader_may_read_the_registry_or_its_schemas(action: str) -> None:
    registry = f"arn:aws:schemas:eu-west-1:{ORDERS}:registry/{REGISTRY}"
    schema = f"{OUR_SCHEMAS}/com.acme.orders@OrderPlaced.v1"

    assert allows(billing_may(), BILLING, action, registry)
    assert allows(billing_may(), BILLING, action, schema)


@pytest.mark.parametrize("action", ["CreateSchema", "UpdateSchema", "DeleteSchema", "DeleteRegistry", "PutCodeBinding"])
def test_a_reader_may_change_nothing(action: str) -> None:
    assert not allows(billing_may(), BILLING, f"schemas:{action}", f"{OUR_SCHEMAS}/com.acme.orders@OrderPlaced.v1")


def test_nobody_else_may_read() -> None:
    assert not allows(billing_may(), STRANGER, "schemas:DescribeSchema", f"{OUR_SCHEMAS}/any")


def test_of_all_accounts_just_those_of_the_organisation_may_read() -> None:
    def may_read(organization: str | None) -> bool:
        return allows(
            the_organisation_may(), BILLING, "schemas:DescribeSchema", f"{OUR_SCHEMAS}/any", organization=organization
        )

    assert may_read("o-exampleorg1")
    assert not may_read("o-anotherorg2")
    assert not may_read(None)


def test_the_partition_follows_from_the_region() -> None:
    statement = read_by_accounts(REGISTRY, [BILLING], account=ORDERS, region="cn-north-1")

    assert statement["Principal"] == {"AWS": "arn:aws-cn:iam::222222222222:root"}
    assert statement["Resource"][0] == "arn:aws-cn:schemas:cn-north-1:111111111111:registry/acme-prod-orders"
