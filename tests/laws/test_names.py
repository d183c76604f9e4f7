"""What holds for all names, whatever the words they are made of.

The words are short and of few letters, so that one often begins with another.
"""

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming import (
    Arn,
    BusAddress,
    BusReference,
    NamingConvention,
    ResourceKind,
    ResourceName,
)

LAW = settings(max_examples=20, deadline=None)

SEGMENTS = st.builds(str.__add__, st.sampled_from("ab"), st.text("ab1", max_size=3))
PARTS = st.lists(st.text("ab1", min_size=1, max_size=3), min_size=1, max_size=3).map("-".join)
SERVICES = PARTS.filter(lambda words: words[0].isalpha())
TWO_SERVICES = st.lists(SERVICES, min_size=2, max_size=2, unique=True)
LONG_PARTS = st.lists(st.text("ab1", min_size=8, max_size=12), min_size=5, max_size=8).map("-".join)
CONVENTIONS = st.builds(
    NamingConvention,
    organization=SEGMENTS,
    stage=SEGMENTS,
    domain=st.none() | st.sampled_from(["com.acme", "com.acme.shop", "io.acme-shop", "acme"]),
)
EVENTS = st.builds(str.__add__, st.sampled_from("AO"), st.text("AOa1", max_size=8))
REGIONS = st.sampled_from(["eu-west-1", "us-east-1", "us-gov-west-1", "cn-north-1"])
ACCOUNTS = st.sampled_from(["111111111111", "222222222222"])

Build = Callable[[NamingConvention, str, str], str]

BUILT_FROM_A_SERVICE = [
    pytest.param(ResourceKind.BUS, NamingConvention.bus_name, id="bus"),
    pytest.param(ResourceKind.ARCHIVE, NamingConvention.archive_name, id="archive"),
    pytest.param(ResourceKind.REGISTRY, NamingConvention.registry_name, id="registry"),
]
BUILT_FROM_A_SERVICE_AND_A_NAME = [
    pytest.param(ResourceKind.BUS, lambda naming, *words: naming.bus_name(words[0], qualifier=words[1]), id="bus"),
    pytest.param(ResourceKind.RULE, NamingConvention.rule_name, id="rule"),
    pytest.param(
        ResourceKind.ARCHIVE,
        lambda naming, *words: naming.archive_name(words[0], qualifier=words[1]),
        id="archive",
    ),
    pytest.param(ResourceKind.QUEUE, NamingConvention.queue_name, id="queue"),
    pytest.param(ResourceKind.TARGET, NamingConvention.target_id, id="target"),
    pytest.param(ResourceKind.LOG_POLICY, NamingConvention.log_policy_name, id="log policy"),
    pytest.param(ResourceKind.ALARM, NamingConvention.alarm_name, id="alarm"),
    pytest.param(ResourceKind.LOG_GROUP, NamingConvention.log_group_name, id="log group"),
    pytest.param(ResourceKind.LOG_DELIVERY, NamingConvention.log_delivery_name, id="log delivery"),
    pytest.param(
        ResourceKind.KEY_ALIAS,
        lambda naming, *words: naming.key_alias(*words).removeprefix("alias/"),
        id="key alias",
    ),
    pytest.param(ResourceKind.TABLE, NamingConvention.table_name, id="table"),
    pytest.param(ResourceKind.STATE_MACHINE, NamingConvention.state_machine_name, id="state machine"),
]
SHORTENED_BEHIND_THE_SERVICE = [
    pytest.param(ResourceKind.RULE, NamingConvention.rule_name, id="rule"),
    pytest.param(ResourceKind.QUEUE, NamingConvention.queue_name, id="queue"),
    pytest.param(ResourceKind.TARGET, NamingConvention.target_id, id="target"),
    pytest.param(ResourceKind.ROLE, lambda naming, *words: naming.role_name(*words, region="eu-west-1"), id="role"),
]
SHORTENED = [
    *SHORTENED_BEHIND_THE_SERVICE,
    pytest.param(
        ResourceKind.STATEMENT,
        lambda naming, service, name: naming.statement_id(naming.bus_name(service), name, "rules"),
        id="statement",
    ),
]


@pytest.mark.parametrize(("kind", "build"), BUILT_FROM_A_SERVICE)
@LAW
@given(naming=CONVENTIONS, service=SERVICES)
def test_a_name_says_whose_it_is(
    kind: ResourceKind, build: Callable[[NamingConvention, str], str], naming: NamingConvention, service: str
) -> None:
    assert naming.parse(kind, build(naming, service)) == ResourceName(service)


@pytest.mark.parametrize(("kind", "build"), BUILT_FROM_A_SERVICE_AND_A_NAME)
@LAW
@given(naming=CONVENTIONS, service=SERVICES, name=PARTS)
def test_a_name_is_parsed_back_to_what_it_was_built_from(
    kind: ResourceKind, build: Build, naming: NamingConvention, service: str, name: str
) -> None:
    assert naming.parse(kind, build(naming, service, name)) == ResourceName(service, (name,))


@LAW
@given(naming=CONVENTIONS, service=SERVICES, name=PARTS, region=REGIONS)
def test_the_name_of_a_dashboard_is_parsed_back_with_its_region(
    naming: NamingConvention, service: str, name: str, region: str
) -> None:
    main = naming.dashboard_name(service, region=region)
    second = naming.dashboard_name(service, region=region, qualifier=name)

    assert naming.parse(ResourceKind.DASHBOARD, main) == ResourceName(service, (region,))
    assert naming.parse(ResourceKind.DASHBOARD, second) == ResourceName(service, (name, region))


@LAW
@given(naming=CONVENTIONS, service=SERVICES, name=PARTS, region=REGIONS)
def test_a_role_name_that_fits_is_parsed_back_with_its_region(
    naming: NamingConvention, service: str, name: str, region: str
) -> None:
    role_name = naming.role_name(service, name, region=region)

    assert naming.parse(ResourceKind.ROLE, role_name) == ResourceName(service, (name, region))


@LAW
@given(naming=CONVENTIONS, service=SERVICES, peer=SERVICES)
def test_a_statement_id_that_fits_is_parsed_back_with_its_peer(
    naming: NamingConvention, service: str, peer: str
) -> None:
    statement_id = naming.statement_id(naming.bus_name(service), peer, "rules")

    assert naming.parse(ResourceKind.STATEMENT, statement_id) == ResourceName(service, (peer, "rules"))


@pytest.mark.parametrize(("kind", "build"), SHORTENED)
@LAW
@given(naming=CONVENTIONS, service=SERVICES, name=LONG_PARTS | PARTS)
def test_a_name_is_always_the_same_and_always_one_that_aws_accepts(
    kind: ResourceKind, build: Build, naming: NamingConvention, service: str, name: str
) -> None:
    twin = NamingConvention(organization=naming.organization, stage=naming.stage, domain=naming.domain)

    built = build(naming, service, name)

    assert kind.check(built) == built
    assert build(twin, service, name) == built


@pytest.mark.parametrize(("kind", "build"), SHORTENED)
@LAW
@given(naming=CONVENTIONS, service=SERVICES, name=LONG_PARTS | PARTS)
def test_a_name_is_parsed_as_what_it_is_or_not_at_all(
    kind: ResourceKind, build: Build, naming: NamingConvention, service: str, name: str
) -> None:
    built = build(naming, service, name)

    try:
        parsed = naming.parse(kind, built)
    except NamingError:
        assert kind is ResourceKind.STATEMENT  # the only kind whose service may be lost when it is shortened
        assert "_" in built
    else:
        assert parsed.service == service
        assert parsed.shortened == ("_" in built)  # the mark of a shortened name
        assert parsed.parts[:1] == (() if parsed.shortened else (name,))


@pytest.mark.parametrize(("kind", "build"), SHORTENED)
@LAW
@given(naming=CONVENTIONS, service=SERVICES, names=st.lists(LONG_PARTS, min_size=2, max_size=2, unique=True))
def test_two_names_stay_two_when_shortened(
    kind: ResourceKind, build: Build, naming: NamingConvention, service: str, names: list[str]
) -> None:
    one, other = (build(naming, service, name) for name in names)

    assert one != other, kind.label


@pytest.mark.parametrize(("kind", "build"), SHORTENED_BEHIND_THE_SERVICE)
@LAW
@given(naming=CONVENTIONS, service=SERVICES | LONG_PARTS.map("a{}".format), name=LONG_PARTS)
def test_however_short_a_name_is_made_it_says_whose_it_is_or_is_refused(
    kind: ResourceKind, build: Build, naming: NamingConvention, service: str, name: str
) -> None:
    begins_with = f"{naming.organization}-{naming.stage}-{service}--"

    try:
        built = build(naming, service, name)
    except NamingError:
        assert len(begins_with) + len("o_12345678") > kind.longest  # there was no room for it
    else:
        assert built.startswith(begins_with)


@LAW
@given(naming=CONVENTIONS, services=TWO_SERVICES, name=PARTS | LONG_PARTS)
def test_the_rule_prefix_of_a_service_begins_its_own_rules_and_no_others(
    naming: NamingConvention, services: list[str], name: str
) -> None:
    billing, other = services
    prefix = naming.rule_name_prefix(billing)

    assert naming.rule_name(billing, name).startswith(prefix)
    assert not naming.rule_name(other, name).startswith(prefix)


@LAW
@given(naming=CONVENTIONS, other=CONVENTIONS, service=SERVICES, name=PARTS)
def test_a_name_is_not_parsed_by_the_convention_of_another_stage_or_organisation(
    naming: NamingConvention, other: NamingConvention, service: str, name: str
) -> None:
    assume((naming.organization, naming.stage) != (other.organization, other.stage))

    with pytest.raises(NamingError, match="must begin with"):
        other.parse(ResourceKind.RULE, naming.rule_name(service, name))


@LAW
@given(naming=CONVENTIONS, service=SERVICES)
def test_a_source_is_parsed_back_to_its_service(naming: NamingConvention, service: str) -> None:
    assert naming.parse_source(naming.source(service)) == service


@LAW
@given(naming=CONVENTIONS, other=CONVENTIONS, service=SERVICES)
def test_only_a_source_that_the_convention_would_build_is_parsed(
    naming: NamingConvention, other: NamingConvention, service: str
) -> None:
    source = other.source(service)

    try:
        parsed = naming.parse_source(source)
    except NamingError:
        assert naming.source(service) != source
    else:
        assert naming.source(parsed) == source


@LAW
@given(naming=CONVENTIONS, event=EVENTS, version=st.integers(1, 10**6))
def test_a_detail_type_is_parsed_back_to_its_event_and_version(
    naming: NamingConvention, event: str, version: int
) -> None:
    assert naming.parse_detail_type(naming.detail_type(event, version)) == (event, version)


@LAW
@given(
    naming=CONVENTIONS,
    text=st.text("Oa.v01 ", max_size=8) | st.sampled_from(["O.v1", "Oa.v10", "O.v01", "O.v1\n"]),
)
def test_only_a_detail_type_that_the_convention_would_build_is_parsed(naming: NamingConvention, text: str) -> None:
    try:
        event, version = naming.parse_detail_type(text)
    except NamingError:
        assert text not in ("O.v1", "Oa.v10")
    else:
        assert naming.detail_type(event, version) == text


@LAW
@given(naming=CONVENTIONS, service=SERVICES, account=ACCOUNTS, region=REGIONS, qualifier=st.none() | PARTS)
def test_a_bus_known_by_its_service_and_known_by_its_arn_is_the_same_bus(
    naming: NamingConvention, service: str, account: str, region: str, qualifier: str | None
) -> None:
    by_service = BusReference.of(service, account=account, region=region, qualifier=qualifier)
    address = by_service.resolve(naming, "ap-south-1")

    by_arn = BusReference.from_arn(address.arn)

    assert by_arn.resolve(naming, "ap-south-1") == address


@LAW
@given(account=ACCOUNTS, region=REGIONS, name=PARTS)
def test_an_arn_is_parsed_back_to_itself(account: str, region: str, name: str) -> None:
    rule = BusAddress(account, region, name).rule_arn(name)

    assert str(Arn.parse(rule)) == rule
