"""Judges a name by a convention, and finds the nearest name that follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.name_fault import NameFault
from cdk_eventbridge_patterns.naming.name_form import IN_FULL, ResourceName
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.spelling import Spelling
from cdk_eventbridge_patterns.naming.words import is_service, words_of

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.naming.convention import NamingConvention

SOME_SERVICE = "<service>"
SOME_NAME = "<name>"

_JOINT_OF_PARTS = re.compile("--+|__+")
_HASH = re.compile("[-_][0-9a-f]{8}$")
_VERSION = re.compile(r"[^A-Za-z0-9]*[vV]?([1-9][0-9]*)$")


def judge(naming: NamingConvention, kind: ResourceKind, name: str, service: str | None) -> NameFault | None:
    """Return what is wrong with *name* under *naming*, or nothing."""
    match kind:
        case ResourceKind.SOURCE:
            return _judge_source(naming, name, service)
        case ResourceKind.DETAIL_TYPE:
            return _judge_detail_type(naming, name)
        case ResourceKind.SCHEMA:
            return _judge_schema(naming, name, service)
        case _:
            return _judge_resource(naming, kind, name, service)


def _judge_resource(naming: NamingConvention, kind: ResourceKind, name: str, service: str | None) -> NameFault | None:
    try:
        found = naming.parse(kind, name)
    except NamingError as error:
        return NameFault(kind, name, _nearest(naming, kind, name, service), str(error))
    if service not in (None, found.service):
        why = f"{kind.label} must be of '{service}', got {name!r} of '{found.service}'"
        return NameFault(kind, name, _nearest(naming, kind, name, service, found), why)
    if kind is ResourceKind.RULE and not name.startswith(prefix := naming.rule_name_prefix(found.service)):
        expected = naming.spell(kind, found.service, SOME_NAME)
        why = f"{kind.label} must begin with '{prefix}', which is what the policies of buses allow, got {name!r}"
        return NameFault(kind, name, expected, why)
    return None


def _judge_source(naming: NamingConvention, name: str, service: str | None) -> NameFault | None:
    try:
        owner = naming.parse_source(name)
    except NamingError as error:
        told = service or _known(naming, words_of(name.rpartition(".")[2]))
        return NameFault(ResourceKind.SOURCE, name, _source(naming, told), str(error))
    if service in (None, owner):
        return None
    why = f"source must be of '{service}', got {name!r} of '{owner}'"
    return NameFault(ResourceKind.SOURCE, name, _source(naming, service), why)


def _source(naming: NamingConvention, service: str | None) -> str:
    """Return the source of *service*, or what shows where a service stands."""
    try:
        return naming.source(service or "")
    except NamingError:
        known = naming.allowed.get("service", ["orders"])[0]
        before, _, after = naming.source(known).rpartition(known)
        return f"{before}{SOME_SERVICE}{after}"


def _judge_detail_type(naming: NamingConvention, name: str) -> NameFault | None:
    try:
        event, version = naming.parse_detail_type(name)
    except NamingError as error:
        match = _VERSION.search(name)
        event, version = (name[: match.start()], int(match[1])) if match else (name, 1)
        fault = naming.event_fault(event)
        why = str(error)
    else:
        fault = naming.event_fault(event)
        if fault is None:
            return None
        why = fault.why
    expected = event if fault is None else fault.expected
    return NameFault(ResourceKind.DETAIL_TYPE, name, _detail_type(naming, expected, version), why)


def _detail_type(naming: NamingConvention, event: str, version: int) -> str:
    try:
        return naming.detail_type(event, version)
    except NamingError:  # too long
        return naming.detail_type("OrderPlaced", version)


def _judge_schema(naming: NamingConvention, name: str, service: str | None) -> NameFault | None:
    source, _, detail_type = name.partition("@")
    faults = [_judge_source(naming, source, service), _judge_detail_type(naming, detail_type)]
    if faults == [None, None]:
        return None
    expected = [
        part if fault is None else fault.expected for part, fault in zip((source, detail_type), faults, strict=True)
    ]
    why = "; ".join(fault.why for fault in faults if fault is not None)
    return NameFault(ResourceKind.SCHEMA, name, "@".join(expected), why)


def _nearest(
    naming: NamingConvention, kind: ResourceKind, name: str, service: str | None, found: ResourceName | None = None
) -> str:
    """Return the nearest name that follows the convention, with placeholders for what can't be told."""
    if found is not None and not found.shortened:
        parts = list(found.parts)
    else:
        owners = [owner for owner in (service, None if found is None else found.service) if owner is not None]
        told, parts = _read_loosely(naming, kind, _HASH.sub("", name) if found else name, owners)
        service = service or told
    if _built(naming, kind, service) is None:
        service = None  # the convention has no such service
    if kind is ResourceKind.RULE and not parts:
        return naming.spell(kind, service or SOME_SERVICE, SOME_NAME)
    return (
        _built(naming, kind, service, *parts)
        or _built(naming, kind, service)  # where the parts would make it too long
        or naming.spell(kind, SOME_SERVICE, *parts)
    )


def _built(naming: NamingConvention, kind: ResourceKind, service: str | None, *parts: str) -> str | None:
    try:
        return None if service is None else naming.name(kind, service, *parts)
    except NamingError:
        return None


def _read_loosely(
    naming: NamingConvention, kind: ResourceKind, name: str, owners: Sequence[str]
) -> tuple[str | None, list[str]]:
    """Return the service that the words of *name* tell, where no owner is known, and the parts that are left.

    Fixed segments, owners and the kind's own words are left out. A service is told if it is listed, or if nothing but
    it stands beside the fixed segments.
    """
    in_full = {short: word for word, short in naming.abbreviations.items()}
    chunks = [[in_full.get(word, word) for word in words_of(chunk)] for chunk in _JOINT_OF_PARTS.split(name)]
    told = None if owners else _listed(naming, chunks)
    named = [owner.split("-") for owner in (*owners, told) if owner is not None]
    left = [[word for word in _without(chunk, named) if word not in _fixed(naming, kind)] for chunk in chunks]
    if not named and (kind in IN_FULL or (len(chunks) > 1 and {*naming.fixed_segments.values()} <= {*chunks[0]})):
        told = _known(naming, left[0])
        left = left if told is None else left[1:]
    spelling = Spelling(naming.case.for_kind(kind), naming.abbreviations)
    return told, [part for part in map(spelling.nearest, left) if part]


def _listed(naming: NamingConvention, chunks: Sequence[list[str]]) -> str | None:
    """Return the longest of the services that the convention lists whose words are there."""
    services = sorted(naming.allowed.get("service", ()), key=len, reverse=True)
    return next((known for known in services for chunk in chunks if _without(chunk, [known.split("-")]) != chunk), None)


def _known(naming: NamingConvention, words: Sequence[str]) -> str | None:
    """Return the service that the words name, if they can name one."""
    service = "-".join(words)
    if "service" in naming.allowed:
        return next(iter(get_close_matches(service, naming.allowed["service"], n=1)), None)
    return service if is_service(service) else None


def _without(words: list[str], named: Sequence[list[str]]) -> list[str]:
    """Return *words* without the first place where each of the *named* stands in them."""
    for name in named:
        for start in range(len(words) - len(name) + 1):
            if words[start : start + len(name)] == name:
                words = words[:start] + words[start + len(name) :]
                break
    return words


def _fixed(naming: NamingConvention, kind: ResourceKind) -> set[str]:
    """Return the words that tell nothing: segments that are fixed, in other stages too, and the kind's own."""
    segments = naming.fixed_segments
    others = (value for segment in segments for value in naming.allowed.get(segment, ()))
    return {*segments.values(), *others, *words_of(kind.label)[:-1]}
