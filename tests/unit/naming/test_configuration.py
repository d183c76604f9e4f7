"""What an organisation may want otherwise, and how its names read then."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.access.publish import receive_statement
from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming import BusAddress, Case, NamingConvention, ResourceKind, ResourceName

ACME = NamingConvention(organization="acme", stage="prod")
SNAKE = replace(ACME, case=Case.SNAKE, template="{organization}_{stage}_{service}")
PASCAL = replace(ACME, case=Case.PASCAL, template="{organization}{stage}{service}")
DOTTED = replace(ACME, template="{service}.{stage}.{organization}")
SUFFIXED = replace(ACME, templates={ResourceKind.BUS: "{organization}-{stage}-{service}-bus"})
SHORT = replace(ACME, stage="production", abbreviations={"production": "prd", "billing": "bil", "order": "ord"})

A_LONG_NAME = "invoices-for-orders-of-large-customers-in-all-countries-and-regions"


def acme(**settings: Any) -> NamingConvention:
    """The convention of acme, with what the test is about."""
    return NamingConvention(**{"organization": "acme", "stage": "prod"} | settings)


@pytest.mark.parametrize(
    ("naming", "names"),
    [
        pytest.param(
            SNAKE,
            (
                "acme_prod_order_history__audit",
                "acme_prod_billing__order_placed_v1",
                "acme_prod_billing__from_orders__eu_west_1",
                "acme_prod_billing__order_placed_v1_dlq",
                "acme_prod_order_history__audit__billing__rules",
            ),
            id="snake",
        ),
        pytest.param(
            PASCAL,
            (
                "AcmeProdOrderHistory--Audit",
                "AcmeProdBilling--OrderPlacedV1",
                "AcmeProdBilling--FromOrders--eu-west-1",
                "AcmeProdBilling--OrderPlacedV1Dlq",
                "AcmeProdOrderHistory--Audit--Billing--Rules",
            ),
            id="pascal",
        ),
        pytest.param(
            DOTTED,
            (
                "order-history.prod.acme--audit",
                "billing.prod.acme--order-placed-v1",
                "billing.prod.acme--from-orders--eu-west-1",
                "billing-prod-acme--order-placed-v1-dlq",
                "order-history-prod-acme--audit--billing--rules",
            ),
            id="dotted, where names can hold a dot",
        ),
        pytest.param(
            SUFFIXED,
            (
                "acme-prod-order-history-bus--audit",
                "acme-prod-billing--order-placed-v1",
                "acme-prod-billing--from-orders--eu-west-1",
                "acme-prod-billing--order-placed-v1-dlq",
                "acme-prod-order-history-bus--audit--billing--rules",
            ),
            id="a suffix for buses",
        ),
        pytest.param(
            SHORT,
            (
                "acme-prd-ord-history--audit",
                "acme-prd-bil--ord-placed-v1",
                "acme-prd-bil--from-orders--eu-west-1",
                "acme-prd-bil--ord-placed-v1-dlq",
                "acme-prd-ord-history--audit--bil--rules",
            ),
            id="abbreviated",
        ),
        pytest.param(
            acme(
                template="{organization}-{unit}-{stage}-{service}-{code}", segments={"unit": "retail", "code": "euw1"}
            ),
            (
                "acme-retail-prod-order-history-euw1--audit",
                "acme-retail-prod-billing-euw1--order-placed-v1",
                "acme-retail-prod-billing-euw1--from-orders--eu-west-1",
                "acme-retail-prod-billing-euw1--order-placed-v1-dlq",
                "acme-retail-prod-order-history-euw1--audit--billing--rules",
            ),
            id="further segments",
        ),
        pytest.param(
            acme(case=Case.PASCAL),
            (
                "Acme-Prod-OrderHistory--Audit",
                "Acme-Prod-Billing--OrderPlacedV1",
                "Acme-Prod-Billing--FromOrders--eu-west-1",
                "Acme-Prod-Billing--OrderPlacedV1Dlq",
                "Acme-Prod-OrderHistory--Audit--Billing--Rules",
            ),
            id="a case leaves the separators of the template alone",
        ),
    ],
)
def test_names_read_as_configured_and_are_taken_apart_again(naming: NamingConvention, names: tuple[str, ...]) -> None:
    bus, rule, role, queue, statement = names

    assert naming.bus_name("order-history", qualifier="audit") == bus
    assert naming.rule_name("billing", "order-placed-v1") == rule
    assert naming.role_name("billing", "from-orders", region="eu-west-1") == role
    assert naming.queue_name("billing", "order-placed-v1-dlq") == queue
    assert naming.statement_id(bus, "billing", "rules") == statement

    assert naming.parse(ResourceKind.BUS, bus) == ResourceName("order-history", ("audit",))
    assert naming.parse(ResourceKind.RULE, rule) == ResourceName("billing", ("order-placed-v1",))
    assert naming.parse(ResourceKind.ROLE, role) == ResourceName("billing", ("from-orders", "eu-west-1"))
    assert naming.parse(ResourceKind.QUEUE, queue) == ResourceName("billing", ("order-placed-v1-dlq",))
    assert naming.parse(ResourceKind.STATEMENT, statement) == ResourceName(
        "order-history", ("audit", "billing", "rules")
    )


@pytest.mark.parametrize(
    ("naming", "name", "around"),
    [
        pytest.param(SUFFIXED, "acme-prod-orders", "'acme-prod-' and a service and '-bus'", id="no suffix"),
        pytest.param(SUFFIXED, "acme-prod-bus", "'acme-prod-' and a service and '-bus'", id="nothing but fixed"),
        pytest.param(DOTTED, "orders.test.acme", "a service and '.prod.acme'", id="another stage"),
        pytest.param(DOTTED, "orders-prod-acme", "a service and '.prod.acme'", id="another separator"),
        pytest.param(SNAKE, "acme_prod_orders--audit", "'acme_prod_' and a service", id="another joint"),
    ],
)
def test_a_name_without_the_fixed_text_is_not_parsed(naming: NamingConvention, name: str, around: str) -> None:
    with pytest.raises(NamingError) as refused:
        naming.parse(ResourceKind.BUS, name)

    example = naming.bus_name("orders")
    assert str(refused.value) == f"event bus name must begin with {around}, such as '{example}', got {name!r}"


def test_stack_names_are_in_kebab_case_where_they_cannot_hold_an_underscore() -> None:
    assert SNAKE.stack_name("order-history", "bus") == "acme-prod-order-history--bus"
    assert PASCAL.stack_name("order-history", "bus") == "AcmeProdOrderHistory--Bus"


@pytest.mark.parametrize(
    ("naming", "prefix"),
    [
        pytest.param(ACME, "acme-prod-billing--from-", id="default"),
        pytest.param(SNAKE, "acme_prod_billing__from_", id="snake"),
        pytest.param(PASCAL, "AcmeProdBilling--From", id="pascal"),
        pytest.param(SHORT, "acme-prd-bil--from-", id="abbreviated"),
        pytest.param(
            acme(templates={"role": "event-role-{service}", "rule": "{stage}-{service}"}),
            "event-role-billing--from-",
            id="roles unlike rules",
        ),
    ],
)
def test_a_consumers_bus_is_open_to_the_roles_as_they_are_named(naming: NamingConvention, prefix: str) -> None:
    bus = BusAddress("222222222222", "eu-west-1", naming.bus_name("billing"))

    allowed = receive_statement(bus, naming, "billing")["Condition"]["ArnLike"]["aws:PrincipalArn"]

    assert allowed == f"arn:aws:iam::222222222222:role/{prefix}*"
    assert naming.role_name("billing", "from-orders", region="eu-west-1").startswith(prefix)


@pytest.mark.parametrize(
    ("naming", "mark"),
    [
        pytest.param(ACME, "_", id="kebab"),
        pytest.param(SNAKE, "-", id="snake"),
        pytest.param(PASCAL, "_", id="pascal"),
        pytest.param(acme(template="{organization}_{stage}_{service}"), "_", id="the mark in the template"),
    ],
)
def test_a_shortened_name_ends_in_a_mark_that_no_part_has_and_a_hash(naming: NamingConvention, mark: str) -> None:
    name = naming.rule_name("billing", A_LONG_NAME)

    readable, _, digest = name.removeprefix(naming.rule_name_prefix("billing")).rpartition(mark)
    assert mark not in readable
    assert len(digest) == 8
    assert naming.parse(ResourceKind.RULE, name) == ResourceName("billing", shortened=True)


def test_abbreviations_stay_out_of_events() -> None:
    assert SHORT.source("billing") == "com.acme.billing"


def test_a_name_with_a_word_in_full_is_not_one_that_abbreviates_it() -> None:
    with pytest.raises(NamingError, match="event bus name must begin with 'acme-prd-' and a service"):
        SHORT.parse(ResourceKind.BUS, "acme-prd-billing")


@pytest.mark.parametrize("name", ["ord-placed", "unpaid-ord"])
def test_a_word_that_is_a_short_form_is_refused(name: str) -> None:
    with pytest.raises(NamingError, match="a name must not use 'ord', the short form of 'order'"):
        SHORT.rule_name("billing", name)


def test_a_word_that_begins_with_a_digit_is_refused_in_pascal_case() -> None:
    with pytest.raises(NamingError) as refused:
        PASCAL.rule_name("billing", "order-2-placed")

    assert str(refused.value) == (
        "a word must not begin with a digit under PASCAL, such as 'order2' for 'order-2', got '2' in "
        "'order-2-placed', which could not be parsed back"
    )


@pytest.mark.parametrize("name", ["acmeProdOrders", "AcmeProdorders", "AcmeProdOrder_History", "AcmeProd"])
def test_in_pascal_case_only_words_with_capitals_are_parsed(name: str) -> None:
    with pytest.raises(NamingError, match="event bus name must begin with 'AcmeProd' and a service"):
        PASCAL.parse(ResourceKind.BUS, name)


def test_a_service_that_is_not_listed_is_refused_beside_the_nearest_that_is() -> None:
    naming = acme(allowed={"service": ["orders", "billing"]})

    for build in (naming.bus_name, naming.source, naming.rule_name_prefix):
        with pytest.raises(NamingError) as refused:
            build("biling")
        assert str(refused.value) == "service must be an allowed value, such as 'billing', got 'biling'"
    with pytest.raises(NamingError, match="such as 'orders', got 'order'"):
        naming.parse(ResourceKind.BUS, "acme-prod-order")
    with pytest.raises(NamingError, match="such as 'orders', got 'order'"):
        naming.parse_source("com.acme.order")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        pytest.param(
            {"stage": "prd", "allowed": {"stage": ["test", "prod"]}},
            "stage must be an allowed value, such as 'prod', got 'prd'",
            id="stage not listed",
        ),
        pytest.param(
            {"segments": {"unit": "retial"}, "allowed": {"unit": ["retail", "wholesale"]}},
            "unit must be an allowed value, such as 'retail', got 'retial'",
            id="further segment not listed",
        ),
        pytest.param(
            {"allowed": {"stages": ["prod"]}},
            "allowed must name segments that there are, such as 'stage', got 'stages'",
            id="list for no segment",
        ),
        pytest.param(
            {"allowed": {"stage": "prod"}},
            "allowed['stage'] must be a list of lower-case words, such as ['test', 'prod'], got 'prod'",
            id="a word for a list",
        ),
        pytest.param(
            {"allowed": {"service": []}},
            "allowed['service'] must be a list of lower-case words, such as ['test', 'prod'], got []",
            id="nothing allowed",
        ),
        pytest.param(
            {"allowed": ["prod"]},
            "allowed must be lists by segment, such as {'stage': ['test', 'prod']}, got ['prod']",
            id="a list for lists",
        ),
        pytest.param(
            {"segments": {"unit": "Retail"}},
            "segments['unit'] must be one lower-case word, such as 'retail', got 'Retail'",
            id="segment in capitals",
        ),
        pytest.param(
            {"segments": {"Unit": "retail"}},
            "segments must have names in lower case, such as 'unit', got 'Unit'",
            id="name of a segment in capitals",
        ),
        pytest.param(
            {"segments": {"stage": "prod"}},
            "segments must not name 'stage', which is an argument of its own",
            id="stage among the further segments",
        ),
        pytest.param(
            {"segments": "retail"},
            "segments must be names with values, such as {'unit': 'retail'}, got 'retail'",
            id="no segments",
        ),
        pytest.param(
            {"template": "{organization}-{stage}"},
            "template must name {service} exactly once, such as '{organization}-{stage}-{service}', "
            "got '{organization}-{stage}'",
            id="template without a service",
        ),
        pytest.param(
            {"template": "{service}-{service}"},
            "template must name {service} exactly once, such as '{organization}-{stage}-{service}', "
            "got '{service}-{service}'",
            id="template with two services",
        ),
        pytest.param(
            {"template": "{unit}-{service}"},
            "template must name segments that there are, such as {service}, {organization}, {stage}, "
            "got '{unit}-{service}'",
            id="template with an unknown segment",
        ),
        *(
            pytest.param(
                {"template": template},
                "template must be segments and words joined by single '-', '_' or '.', such as "
                f"'{{organization}}-{{stage}}-{{service}}', got {template!r}",
                id=template,
            )
            for template in ("{stage}--{service}", "{stage}{service}", "-{service}", "{service}-", "{stage}/{service}")
        ),
        pytest.param(
            {"template": None},
            "template must be segments and words joined by single '-', '_' or '.', such as "
            "'{organization}-{stage}-{service}', got None",
            id="no template",
        ),
        pytest.param(
            {"template": "1st-{service}"},
            "template must make names that AWS accepts, got '1st-<service>' for a stack name: give that kind a "
            "template of its own",
            id="template that begins with a digit",
        ),
        pytest.param(
            {"templates": {"eventbus": "{service}"}},
            "templates must be a kind of resource, such as 'event-source', got 'eventbus'",
            id="template for no kind",
        ),
        pytest.param(
            {"templates": {"queue": "{stage}.{service}"}},
            "templates['queue'] must have separators that AWS accepts in a queue name, such as '-', "
            "got '{stage}.{service}'",
            id="dot in the names of queues",
        ),
        pytest.param(
            {"templates": {"statement": "{service}"}},
            "templates['statement'] can't be: a statement id has no template of its own",
            id="template for statement ids",
        ),
        pytest.param(
            {"templates": {"bus": "{stage}-bus"}},
            "templates['bus'] must name {service} exactly once, such as '{organization}-{stage}-{service}', "
            "got '{stage}-bus'",
            id="template of a kind without a service",
        ),
        pytest.param(
            {"templates": "{service}-bus"},
            "templates must be by kind, such as {ResourceKind.BUS: '…-bus'}, got '{service}-bus'",
            id="one template for those by kind",
        ),
        pytest.param(
            {"case": "camel"}, "case must be one of 'kebab', 'snake', 'pascal', got 'camel'", id="unknown case"
        ),
        pytest.param({"case": None}, "case must be one of 'kebab', 'snake', 'pascal', got None", id="no case"),
        pytest.param(
            {"abbreviations": {"billing": "b", "bonus": "b"}},
            "abbreviations must differ, got 'b' for 'billing' and 'bonus'",
            id="one short form for two words",
        ),
        pytest.param(
            {"abbreviations": {"billing": "bill", "bill": "bl"}},
            "abbreviations must not use 'bill' for 'billing', since it is a word that has a short form",
            id="short form that is shortened",
        ),
        pytest.param(
            {"abbreviations": {"order-history": "oh"}},
            "abbreviations must be of one lower-case word by another, such as 'prd', got 'order-history': 'oh'",
            id="short form of two words",
        ),
        pytest.param(
            {"abbreviations": {"production": "prod"}},
            "stage must not be the short form of 'production', got 'prod'; write the word in full",
            id="stage that is a short form",
        ),
        pytest.param(
            {"abbreviations": ["prd"]},
            "abbreviations must be short forms by word, such as {'production': 'prd'}, got ['prd']",
            id="list of abbreviations",
        ),
        pytest.param(
            {"events_in_past_tense": "yes"}, "events_in_past_tense must be True or False, got 'yes'", id="yes for True"
        ),
    ],
)
def test_bad_settings_are_refused_with_what_is_right(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(NamingError) as refused:
        acme(**settings)

    assert str(refused.value) == message


def test_all_faults_of_a_convention_are_listed_at_once() -> None:
    with pytest.raises(NamingError) as refused:
        acme(stage="Prod", case="camel", template="{stage}", segments=7)

    assert str(refused.value).split("; ") == [
        "convention has 4 faults: stage must be one lower-case word, such as 'acme', got 'Prod'",
        "segments must be names with values, such as {'unit': 'retail'}, got 7",
        "case must be one of 'kebab', 'snake', 'pascal', got 'camel'",
        "template must name {service} exactly once, such as '{organization}-{stage}-{service}', got '{stage}'",
    ]


def test_a_convention_may_come_from_json() -> None:
    settings = json.loads("""{
        "organization": "acme",
        "stage": "production",
        "domain": "com.acme",
        "template": "{organization}_{unit}_{stage}_{service}",
        "templates": {"bus": "{organization}_{unit}_{stage}_{service}_bus", "log-policy": "events_{service}"},
        "segments": {"unit": "retail"},
        "allowed": {"stage": ["test", "production"]},
        "case": "snake",
        "abbreviations": {"production": "prd"},
        "events_in_past_tense": false
    }""")

    naming = NamingConvention(**settings)

    assert naming.case is Case.SNAKE
    assert naming.bus_name("order-history") == "acme_retail_prd_order_history_bus"
    assert naming.log_policy_name("orders", "audit") == "events_orders__audit"
    assert naming == replace(naming, templates={ResourceKind.of(kind): t for kind, t in settings["templates"].items()})


def test_equal_conventions_are_one_key() -> None:
    one, other = (acme(segments={"unit": "retail"}, case=case) for case in ("snake", Case.SNAKE))

    assert {one: "same"}[other] == "same"
