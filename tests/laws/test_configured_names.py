"""What holds for all names under every configuration.

Words and segments are short and of few letters, so that one often is, or begins with, another.
"""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming import Case, NamingConvention, ResourceKind, ResourceName
from cdk_eventbridge_patterns.naming.event_names import is_past_tense

LAW = settings(max_examples=40, deadline=None)

WORDS = st.builds(str.__add__, st.sampled_from("ab"), st.text("ab1", max_size=3))
LONG_WORDS = st.builds(str.__add__, st.sampled_from("ab"), st.text("ab1", min_size=7, max_size=11))
# Short forms have a letter of their own; without it most conventions would be refused.
ABBREVIATIONS = st.dictionaries(WORDS, st.text("c1", max_size=2).map("c{}".format), max_size=4).filter(
    lambda short: len(set(short.values())) == len(short)
)
SERVICES = st.lists(WORDS, min_size=1, max_size=3).map("-".join)
TWO_SERVICES = st.lists(SERVICES, min_size=2, max_size=2, unique=True)
PARTS = st.lists(WORDS, min_size=1, max_size=3).map("-".join)
LONG_PARTS = st.lists(LONG_WORDS, min_size=5, max_size=8).map("-".join)
REGIONS = st.sampled_from(["eu-west-1", "us-gov-west-1", "ap-southeast-2"])
KINDS = st.sampled_from(
    [kind for kind in ResourceKind if kind.word not in ("source", "detail-type", "schema", "statement")]
)
ANY_NAMES = st.text("aAbB1-_.", max_size=20)


@st.composite
def templates(draw: st.DrawFn, case: Case) -> str:
    """Segments in any order, words between them, separators of any kind."""
    elements = draw(st.permutations(["{service}", "{organization}", "{stage}", "{unit}", draw(st.sampled_from("aB1"))]))
    elements = elements[: draw(st.integers(1, len(elements)))]
    separators = ["-", "_", ".", ""] if case is Case.PASCAL else ["-", "_", "."]
    template = ""
    for element in elements if "{service}" in elements else [*elements, "{service}"]:
        template += (draw(st.sampled_from(separators)) if template else "") + element
    return template


@st.composite
def conventions(draw: st.DrawFn) -> NamingConvention:
    """Any convention that is not refused."""
    case = draw(st.sampled_from(Case))
    by_kind: dict[Any, str] = draw(st.dictionaries(KINDS, templates(case), max_size=3))
    try:
        return NamingConvention(
            organization=draw(WORDS),
            stage=draw(WORDS),
            segments={"unit": draw(WORDS)},
            template=draw(templates(case)),
            templates=by_kind,
            case=case,
            abbreviations=draw(ABBREVIATIONS),
        )
    except NamingError:
        assume(condition=False)
        raise


@LAW
@given(naming=conventions(), kind=KINDS, service=SERVICES, parts=st.lists(PARTS, max_size=3))
def test_a_name_is_parsed_back_to_what_it_was_built_from(
    naming: NamingConvention, kind: ResourceKind, service: str, parts: list[str]
) -> None:
    assume(len(naming.spell(kind, service, *parts)) <= kind.longest)

    name = naming.name(kind, service, *parts)

    assert naming.parse(kind, name) == ResourceName(service, tuple(parts))


@LAW
@given(naming=conventions(), service=SERVICES, name=PARTS, region=REGIONS)
def test_a_role_name_keeps_its_region_in_every_case(
    naming: NamingConvention, service: str, name: str, region: str
) -> None:
    role_name = naming.role_name(service, name, region=region)

    parsed = naming.parse(ResourceKind.ROLE, role_name)

    assert parsed in (ResourceName(service, (name, region)), ResourceName(service, shortened=True))


@LAW
@given(naming=conventions(), service=SERVICES, qualifier=PARTS, peer=SERVICES)
def test_a_statement_id_is_parsed_back_to_its_bus_and_peer(
    naming: NamingConvention, service: str, qualifier: str, peer: str
) -> None:
    bus_name = naming.bus_name(service, qualifier=qualifier)
    assume(len(f"{bus_name}__{peer}__rules") <= ResourceKind.STATEMENT.longest)

    statement_id = naming.statement_id(bus_name, peer, "rules")

    assert naming.parse(ResourceKind.STATEMENT, statement_id) == ResourceName(service, (qualifier, peer, "rules"))


@LAW
@given(naming=conventions(), kind=KINDS, service=SERVICES, part=LONG_PARTS)
def test_a_long_name_is_whole_or_marked_or_refused(
    naming: NamingConvention, kind: ResourceKind, service: str, part: str
) -> None:
    try:
        name = naming.name(kind, service, part)
    except NamingError as refused:
        assert f"must be at most {kind.longest} characters" in str(refused)  # noqa: PT017 - it need not be raised
        return

    assert kind.check(name).startswith(naming.prefix(kind, service))
    assert naming.parse(kind, name) in (ResourceName(service, (part,)), ResourceName(service, shortened=True))
    assert naming.parse(kind, name).shortened == (len(naming.spell(kind, service, part)) > kind.longest)


@LAW
@given(
    naming=conventions(), kind=KINDS, service=SERVICES, parts=st.lists(LONG_PARTS, min_size=2, max_size=2, unique=True)
)
def test_two_names_are_never_shortened_to_one(
    naming: NamingConvention, kind: ResourceKind, service: str, parts: list[str]
) -> None:
    try:
        one, other = (naming.name(kind, service, part) for part in parts)
    except NamingError:
        assume(condition=False)

    assert one != other


@LAW
@given(naming=conventions(), services=TWO_SERVICES, name=PARTS | LONG_PARTS, region=REGIONS)
def test_the_prefixes_of_a_service_begin_its_own_names_and_no_others(
    naming: NamingConvention, services: list[str], name: str, region: str
) -> None:
    billing, other = services
    rule_prefix, role_prefix = naming.rule_name_prefix(billing), naming.role_name_prefix(billing)

    assert naming.rule_name(billing, name).startswith(rule_prefix)
    assert naming.role_name(billing, name, region=region).startswith(role_prefix)
    assert not naming.rule_name(other, name).startswith(rule_prefix)
    assert not naming.role_name(other, name, region=region).startswith(role_prefix)


@LAW
@given(naming=conventions(), service=SERVICES, word=WORDS, rest=PARTS, region=REGIONS)
def test_roles_whose_name_begins_with_a_word_begin_with_the_prefix_of_that_word(
    naming: NamingConvention, service: str, word: str, rest: str, region: str
) -> None:
    prefix = naming.role_name_prefix(service, word)

    assert naming.role_name(service, f"{word}-{rest}", region=region).startswith(prefix)
    assert prefix.startswith(naming.role_name_prefix(service))


@LAW
@given(naming=conventions(), kind=KINDS, service=SERVICES, parts=st.lists(PARTS | LONG_PARTS, min_size=1, max_size=3))
def test_no_fault_is_found_with_a_name_that_the_convention_built(
    naming: NamingConvention, kind: ResourceKind, service: str, parts: list[str]
) -> None:
    try:
        name = naming.name(kind, service, *parts)
    except NamingError:
        assume(condition=False)

    assert naming.fault(kind, name) is None
    assert naming.fault(kind, name, service=service) is None


@LAW
@given(naming=conventions(), kind=KINDS, name=ANY_NAMES, service=st.none() | SERVICES)
def test_no_fault_is_found_with_the_name_that_was_expected(
    naming: NamingConvention, kind: ResourceKind, name: str, service: str | None
) -> None:
    fault = naming.fault(kind, name, service=service)

    if fault is not None and "<" not in fault.expected:
        assert naming.fault(kind, fault.expected, service=service) is None
    if fault is not None and service is not None:
        assert "<service>" not in fault.expected


@LAW
@given(naming=conventions(), name=ANY_NAMES, kind=st.sampled_from(["source", "detail-type", "schema"]))
def test_no_fault_is_found_with_what_an_event_was_expected_to_be_known_by(
    naming: NamingConvention, name: str, kind: str
) -> None:
    fault = naming.fault(ResourceKind.of(kind), name)

    if fault is not None and "<" not in fault.expected:
        assert naming.fault(fault.kind, fault.expected) is None


@LAW
@given(naming=conventions(), event=st.text("abdeinsgyABV12-", max_size=12))
def test_the_event_that_was_expected_is_a_fact(naming: NamingConvention, event: str) -> None:
    fault = naming.event_fault(event)

    if fault is not None:
        assert is_past_tense(fault.expected)
        assert naming.event_fault(fault.expected) is None
