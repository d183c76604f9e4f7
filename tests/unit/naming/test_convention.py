from collections.abc import Callable

import pytest

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming import NamingConvention, ResourceKind, ResourceName
from cdk_eventbridge_patterns.naming.words import check_event, check_part, check_service, kebab_case

ACME = NamingConvention(organization="acme", stage="prod")

A_LONG_NAME = "invoices-for-orders-of-large-customers-in-all-countries"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(ACME.bus_name("orders"), "acme-prod-orders", id="bus"),
        pytest.param(ACME.bus_name("orders", qualifier="audit"), "acme-prod-orders--audit", id="second bus"),
        pytest.param(ACME.rule_name("billing", "order-placed-v1"), "acme-prod-billing--order-placed-v1", id="rule"),
        pytest.param(ACME.rule_name_prefix("billing"), "acme-prod-billing--", id="rule prefix"),
        pytest.param(ACME.archive_name("orders"), "acme-prod-orders", id="archive"),
        pytest.param(
            ACME.archive_name("orders", qualifier="audit"),
            "acme-prod-orders--audit",
            id="archive of second bus",
        ),
        pytest.param(
            ACME.queue_name("billing", "order-placed-v1-dlq"),
            "acme-prod-billing--order-placed-v1-dlq",
            id="queue",
        ),
        pytest.param(
            ACME.role_name("billing", "orders", region="eu-west-1"),
            "acme-prod-billing--orders--eu-west-1",
            id="role",
        ),
        pytest.param(ACME.target_id("billing", "invoices"), "acme-prod-billing--invoices", id="target"),
        pytest.param(
            ACME.statement_id("acme-prod-orders", "billing", "rules"),
            "acme-prod-orders--billing--rules",
            id="statement",
        ),
        pytest.param(ACME.registry_name("orders"), "acme-prod-orders", id="registry"),
        pytest.param(
            ACME.schema_name("com.acme.orders", "OrderPlaced.v1"),
            "com.acme.orders@OrderPlaced.v1",
            id="schema",
        ),
        pytest.param(ACME.stack_name("orders", "bus"), "acme-prod-orders--bus", id="stack"),
        pytest.param(ACME.log_policy_name("orders", "audit"), "acme-prod-orders--audit", id="log policy"),
        pytest.param(ACME.alarm_name("orders", "dead-letters"), "acme-prod-orders--dead-letters", id="alarm"),
        pytest.param(ACME.dashboard_name("orders", region="eu-west-1"), "acme-prod-orders--eu-west-1", id="dashboard"),
        pytest.param(ACME.log_group_name("orders", "bus"), "acme-prod-orders--bus", id="log-group"),
        pytest.param(ACME.log_delivery_name("orders", "errors"), "acme-prod-orders--errors", id="log-delivery"),
        pytest.param(ACME.key_alias("orders"), "alias/acme-prod-orders", id="main-key"),
        pytest.param(ACME.key_alias("orders", "fields"), "alias/acme-prod-orders--fields", id="further-key"),
        pytest.param(ACME.table_name("billing", "invoices"), "acme-prod-billing--invoices", id="table"),
        pytest.param(ACME.state_machine_name("billing", "redrive"), "acme-prod-billing--redrive", id="machine"),
        pytest.param(ACME.source("orders"), "com.acme.orders", id="source"),
        pytest.param(ACME.detail_type("OrderPlaced", 2), "OrderPlaced.v2", id="detail-type"),
    ],
)
def test_a_name_reads_organization_stage_service_and_its_parts(name: str, expected: str) -> None:
    assert name == expected


def test_the_source_of_an_event_is_the_same_in_every_stage() -> None:
    test_stage = NamingConvention(organization="acme", stage="test")

    assert test_stage.source("orders") == ACME.source("orders")


def test_a_domain_of_its_own_stands_in_front_of_the_source_and_not_in_names() -> None:
    naming = NamingConvention(organization="acme", stage="prod", domain="io.acme-shop")

    assert naming.source("orders") == "io.acme-shop.orders"
    assert naming.bus_name("orders") == "acme-prod-orders"


@pytest.mark.parametrize(
    ("organization", "stage", "domain", "message"),
    [
        ("Acme", "prod", None, "organization must be one lower-case word, such as 'acme', got 'Acme'"),
        (
            "acme-shop",
            "prod",
            None,
            "organization must be one lower-case word, such as 'acme', got 'acme-shop'",
        ),
        ("acme", "", None, "stage must be one lower-case word, such as 'acme', got ''"),
        ("acme", "2nd", None, "stage must be one lower-case word, such as 'acme', got '2nd'"),
        ("acme", "prod\n", None, r"stage must be one lower-case word, such as 'acme', got 'prod\n'"),
        ("acme", "prod", "", "domain must be a reverse-DNS name, such as 'com.acme', got ''"),
        ("acme", "prod", "com.", "domain must be a reverse-DNS name, such as 'com.acme', got 'com.'"),
    ],
)
def test_a_convention_refuses_what_could_not_be_parsed_back(
    organization: str, stage: str, domain: str | None, message: str
) -> None:
    with pytest.raises(NamingError) as refused:
        NamingConvention(organization=organization, stage=stage, domain=domain)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("check", "value", "message"),
    [
        (
            check_service,
            "Orders",
            "service must be lower-case words joined by single hyphens, such as 'order-hist",
        ),
        (check_service, "orders--billing", "got 'orders--billing'"),
        (check_service, "1orders", "got '1orders'"),
        (check_service, "orders-", "got 'orders-'"),
        (check_service, "", "got ''"),
        (check_service, None, "got None"),
        (
            check_part,
            "large_orders",
            "name must be lower-case words joined by single hyphens, such as 'large-orders'",
        ),
        (check_part, "large--orders", "got 'large--orders'"),
        (
            check_event,
            "orderPlaced",
            "event must be a past-tense fact in PascalCase, such as 'OrderPlaced', got 'ord",
        ),
        (check_event, "Order Placed", "got 'Order Placed'"),
    ],
)
def test_a_word_of_the_wrong_form_is_shown_beside_the_right_one(
    check: Callable[[str], str], value: str, message: str
) -> None:
    with pytest.raises(NamingError) as refused:
        check(value)

    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        pytest.param(lambda: ACME.bus_name("orders", qualifier="Audit"), "qualifier must be", id="bus"),
        pytest.param(lambda: ACME.archive_name("orders", qualifier="Audit"), "qualifier must be", id="archive"),
        pytest.param(lambda: ACME.rule_name("orders", "order_placed"), "name must be", id="rule"),
        pytest.param(
            lambda: ACME.role_name("billing", "orders", region="${Token[AWS.Region.4]}"),
            "region must be a Region",
            id="role",
        ),
        pytest.param(lambda: ACME.source("Orders"), "service must be", id="source"),
        pytest.param(lambda: ACME.detail_type("orderPlaced", 1), "event must be", id="event"),
        pytest.param(
            lambda: ACME.detail_type("OrderPlaced", 0),
            "detail_type must be an event and its version",
            id="version",
        ),
    ],
)
def test_an_error_calls_the_argument_by_its_name(build: Callable[[], str], message: str) -> None:
    with pytest.raises(NamingError, match=message):
        build()


@pytest.mark.parametrize(
    ("build", "message"),
    [
        pytest.param(
            lambda: ACME.archive_name("orders", qualifier=A_LONG_NAME),
            "archive name must be at most 48 characters, got 73",
            id="archive",
        ),
        pytest.param(
            lambda: ACME.registry_name(A_LONG_NAME),
            "schema registry name must be at most 64 characters, got 65",
            id="registry",
        ),
        pytest.param(
            lambda: ACME.rule_name(A_LONG_NAME, "order-placed-v1"),
            "rule name must be at most 64 characters",
            id="rule of a long service",
        ),
        pytest.param(
            lambda: ACME.rule_name_prefix(A_LONG_NAME),
            "rule name must be at most 64 characters, got 65",
            id="rule prefix of a long service",
        ),
    ],
)
def test_a_name_is_refused_where_shortening_would_hide_whose_it_is(build: Callable[[], str], message: str) -> None:
    with pytest.raises(NamingError, match=message) as refused:
        build()

    assert str(refused.value).endswith("shorten the service or give a shorter name")


def test_a_rule_name_that_is_too_long_is_shortened_behind_the_prefix_of_its_service() -> None:
    name = ACME.rule_name("billing", A_LONG_NAME)

    assert name.startswith(ACME.rule_name_prefix("billing"))
    assert ResourceKind.RULE.check(name) == name


def test_a_role_name_that_is_too_long_keeps_its_beginning_and_ends_in_a_hash() -> None:
    name = ACME.role_name("billing", A_LONG_NAME, region="eu-west-1")

    assert name.startswith("acme-prod-billing--invoices-for-orders-of-large")
    assert ResourceKind.ROLE.check(name) == name


def test_two_names_that_begin_alike_are_still_two_when_shortened() -> None:
    ireland = ACME.role_name("billing", A_LONG_NAME, region="eu-west-1")
    london = ACME.role_name("billing", A_LONG_NAME, region="eu-west-2")

    assert ireland != london


def test_of_a_shortened_name_only_the_service_is_known() -> None:
    name = ACME.target_id("billing", A_LONG_NAME)

    assert ACME.parse(ResourceKind.TARGET, name) == ResourceName("billing", shortened=True)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        pytest.param(ResourceKind.TARGET, "acme-prod-billing--invoices_1a2b3c4d", id="that would have fitted"),
        pytest.param(ResourceKind.STATEMENT, ACME.statement_id(f"acme-prod-{A_LONG_NAME}", "rules"), id="no service"),
        pytest.param(ResourceKind.BUS, "acme-prod-orders--" + "a" * 229 + "_1a2b3c4d", id="known by heart"),
    ],
)
def test_what_only_looks_shortened_is_not_parsed(kind: ResourceKind, name: str) -> None:
    with pytest.raises(NamingError, match="must begin with 'acme-prod-' and a service"):
        ACME.parse(kind, name)


def test_any_kind_of_resource_has_a_name() -> None:
    pipe = ACME.name(ResourceKind.PIPE, "billing", "orders-to-ledger")

    assert pipe == "acme-prod-billing--orders-to-ledger"
    assert ACME.parse(ResourceKind.PIPE, pipe) == ResourceName("billing", ("orders-to-ledger",))


@pytest.mark.parametrize("kind", [ResourceKind.SOURCE, ResourceKind.DETAIL_TYPE, ResourceKind.SCHEMA])
def test_what_events_are_known_by_has_builders_of_its_own(kind: ResourceKind) -> None:
    with pytest.raises(NamingError, match=r"has no template; use source\(\), detail_type\(\) or schema_name\(\)"):
        ACME.name(kind, "orders")


def test_roles_have_a_prefix_of_their_own() -> None:
    assert ACME.role_name_prefix("billing") == "acme-prod-billing--"
    assert ACME.role_name_prefix("billing", "from") == "acme-prod-billing--from-"


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        (ResourceKind.BUS, "acme-prod-order-history", ResourceName("order-history")),
        (ResourceKind.BUS, "acme-prod-orders--audit", ResourceName("orders", ("audit",))),
        (
            ResourceKind.RULE,
            "acme-prod-billing--order-placed-v1",
            ResourceName("billing", ("order-placed-v1",)),
        ),
        (
            ResourceKind.ROLE,
            "acme-prod-billing--orders--eu-west-1",
            ResourceName("billing", ("orders", "eu-west-1")),
        ),
    ],
)
def test_a_name_is_taken_apart_again(kind: ResourceKind, name: str, expected: ResourceName) -> None:
    assert ACME.parse(kind, name) == expected


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("acme-test-orders", id="another stage"),
        pytest.param("globex-prod-orders", id="another organisation"),
        pytest.param("acme-prod-", id="no service"),
        pytest.param("acme-prod-orders--", id="an empty part"),
        pytest.param("acme-prod-Orders", id="capitals"),
        pytest.param("orders", id="by hand"),
    ],
)
def test_a_name_of_another_convention_is_not_parsed(name: str) -> None:
    with pytest.raises(NamingError) as refused:
        ACME.parse(ResourceKind.BUS, name)

    assert str(refused.value) == (
        f"event bus name must begin with 'acme-prod-' and a service, such as 'acme-prod-orders', got {name!r}"
    )


@pytest.mark.parametrize("source", ["com.globex.orders", "com.acme", "com.acme.", "com.acme.shop.orders", "aws.s3"])
def test_a_source_of_another_convention_is_not_parsed(source: str) -> None:
    with pytest.raises(NamingError) as refused:
        ACME.parse_source(source)

    assert str(refused.value) == (
        f"source must be 'com.acme.' and a service, such as 'com.acme.orders', got {source!r}"
    )


@pytest.mark.parametrize(
    "detail_type", ["OrderPlaced", "OrderPlaced.v0", "OrderPlaced.v01", "order-placed.v1", "OrderPlaced.v1 "]
)
def test_a_detail_type_without_event_and_version_is_not_parsed(detail_type: str) -> None:
    with pytest.raises(NamingError) as refused:
        ACME.parse_detail_type(detail_type)

    assert str(refused.value) == (
        f"detail_type must be an event and its version, such as 'OrderPlaced.v1', got {detail_type!r}"
    )


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("OrderPlaced", "order-placed"),
        ("Paid", "paid"),
        ("VATChanged", "vat-changed"),
        ("OrderVATChanged", "order-vat-changed"),
        ("Order2Placed", "order2-placed"),
    ],
)
def test_an_event_becomes_words_joined_by_hyphens(event: str, expected: str) -> None:
    assert kebab_case(event) == expected
