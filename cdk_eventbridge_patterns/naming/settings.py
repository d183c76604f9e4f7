"""What can be wrong with the settings of a convention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.case import Case
from cdk_eventbridge_patterns.naming.name_form import NameForm
from cdk_eventbridge_patterns.naming.name_template import NameTemplate
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.spelling import Spelling
from cdk_eventbridge_patterns.naming.words import is_segment, is_service, nearest

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.naming.convention import NamingConvention

_DOMAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9-]*)*")
_SEGMENT_NAME = re.compile(r"[a-z][a-z0-9_]*")
_BUILT_IN = ("organization", "stage", "service")

# Events have a form of their own, and the id of a statement begins with the name of its bus.
_WITHOUT_TEMPLATE = frozenset({ResourceKind.SOURCE, ResourceKind.DETAIL_TYPE, ResourceKind.SCHEMA})
_WITHOUT_OWN_TEMPLATE = _WITHOUT_TEMPLATE | {ResourceKind.STATEMENT}


def faults_of(naming: NamingConvention) -> list[str]:
    """Return all that is wrong with the settings of *naming*."""
    faults = [
        *_segment_faults(naming),
        *_allowed_faults(naming),
        *_abbreviation_faults(naming),
        *_template_faults(naming),
    ]
    # Only what is right by itself can be tried out.
    return faults or list(_form_faults(naming))


def forms_of(naming: NamingConvention) -> dict[ResourceKind, NameForm]:
    """Return the form that names of each kind have."""
    templates = _by_kind(naming.templates)
    if ResourceKind.BUS in templates:
        templates[ResourceKind.STATEMENT] = templates[ResourceKind.BUS]
    forms = {}
    for kind in ResourceKind:
        if kind not in _WITHOUT_TEMPLATE:
            spelling = Spelling(Case(naming.case).for_kind(kind), naming.abbreviations)
            segments = {name: spelling.write(value) for name, value in naming.fixed_segments.items()}
            template = NameTemplate(templates.get(kind, naming.template)).for_kind(kind)
            forms[kind] = NameForm(kind, *template.around_service(segments), spelling)
    return forms


def allowed_fault(naming: NamingConvention, segment: str, value: str) -> str | None:
    """Return what is wrong with *value* where the convention lists the values that *segment* may have."""
    allowed = naming.allowed.get(segment)
    if allowed is None or value in allowed:
        return None
    return f"{segment} must be an allowed value, such as {nearest(str(value), allowed)!r}, got {value!r}"


def _segment_faults(naming: NamingConvention) -> Iterator[str]:
    for argument in ("organization", "stage"):
        value = getattr(naming, argument)
        if not is_segment(value):
            yield f"{argument} must be one lower-case word, such as 'acme', got {value!r}"
    if naming.domain is not None and not (isinstance(naming.domain, str) and _DOMAIN.fullmatch(naming.domain)):
        yield f"domain must be a reverse-DNS name, such as 'com.acme', got {naming.domain!r}"
    if not isinstance(naming.events_in_past_tense, bool):
        yield f"events_in_past_tense must be True or False, got {naming.events_in_past_tense!r}"
    if not _is_mapping(naming.segments):
        yield f"segments must be names with values, such as {{'unit': 'retail'}}, got {naming.segments!r}"
        return
    for name, value in naming.segments.items():
        if name in _BUILT_IN:
            yield f"segments must not name {name!r}, which is an argument of its own"
        elif not _SEGMENT_NAME.fullmatch(name):
            yield f"segments must have names in lower case, such as 'unit', got {name!r}"
        if not is_segment(value):
            yield f"segments[{name!r}] must be one lower-case word, such as 'retail', got {value!r}"


def _allowed_faults(naming: NamingConvention) -> Iterator[str]:
    if not _is_mapping(naming.allowed):
        yield f"allowed must be lists by segment, such as {{'stage': ['test', 'prod']}}, got {naming.allowed!r}"
        return
    known = [*_BUILT_IN, *(naming.segments if _is_mapping(naming.segments) else ())]
    for segment, values in naming.allowed.items():
        if segment not in known:
            yield f"allowed must name segments that there are, such as {nearest(segment, known)!r}, got {segment!r}"
            continue
        is_right = is_service if segment == "service" else is_segment
        listed = isinstance(values, Sequence) and not isinstance(values, str)
        if not listed or not values or not all(map(is_right, values)):
            yield f"allowed[{segment!r}] must be a list of lower-case words, such as ['test', 'prod'], got {values!r}"
        elif segment != "service":
            value = getattr(naming, segment) if segment in _BUILT_IN else naming.segments[segment]
            fault = allowed_fault(naming, segment, value)
            if fault is not None and is_segment(value):
                yield fault


def _abbreviation_faults(naming: NamingConvention) -> Iterator[str]:
    if not _is_mapping(naming.abbreviations):
        yield (
            f"abbreviations must be short forms by word, such as {{'production': 'prd'}}, got {naming.abbreviations!r}"
        )
        return
    by_short: dict[Any, str] = {}
    for word, short in naming.abbreviations.items():
        if not is_segment(word) or not is_segment(short):
            yield f"abbreviations must be of one lower-case word by another, such as 'prd', got {word!r}: {short!r}"
        elif short in naming.abbreviations:
            yield f"abbreviations must not use {short!r} for {word!r}, since it is a word that has a short form"
        elif short in by_short:
            yield f"abbreviations must differ, got {short!r} for {by_short[short]!r} and {word!r}"
        else:
            by_short[short] = word
    segments = _fixed_segments(naming)
    for name, value in segments.items():
        if is_segment(value) and value in by_short:
            yield f"{name} must not be the short form of {by_short[value]!r}, got {value!r}; write the word in full"


def _template_faults(naming: NamingConvention) -> Iterator[str]:
    try:
        case = Case(naming.case)
    except ValueError:
        known = ", ".join(repr(case.value) for case in Case)
        yield f"case must be one of {known}, got {naming.case!r}"
        case = Case.KEBAB
    segments = _fixed_segments(naming)
    yield from NameTemplate(naming.template).faults("template", case, segments)
    if not _is_mapping(naming.templates, ResourceKind):
        yield f"templates must be by kind, such as {{ResourceKind.BUS: '…-bus'}}, got {naming.templates!r}"
        return
    for key, text in naming.templates.items():
        try:
            kind = ResourceKind.of(key, "templates")
        except NamingError as error:
            yield str(error)
            continue
        argument = f"templates[{kind.word!r}]"
        if kind in _WITHOUT_OWN_TEMPLATE:
            yield f"{argument} can't be: a {kind.label} has no template of its own"
            continue
        faults = list(NameTemplate(text).faults(argument, case, segments))
        if not faults and NameTemplate(text).for_kind(kind).text != text:
            faults = [f"{argument} must have separators that AWS accepts in a {kind.label}, such as '-', got {text!r}"]
        yield from faults


def _form_faults(naming: NamingConvention) -> Iterator[str]:
    for kind, form in forms_of(naming).items():
        if not kind.accepts(f"{form.before}a{form.after}"):
            yield (
                f"template must make names that AWS accepts, got '{form.before}<service>{form.after}' "
                f"for a {kind.label}: give that kind a template of its own"
            )


def _fixed_segments(naming: NamingConvention) -> dict[str, str]:
    own = {"organization": naming.organization, "stage": naming.stage}
    return naming.fixed_segments if _is_mapping(naming.segments) else own


def _by_kind(templates: Mapping[Any, str]) -> dict[ResourceKind, str]:
    return {ResourceKind.of(kind): text for kind, text in templates.items()}


def _is_mapping(value: object, *keys: type) -> bool:
    return isinstance(value, Mapping) and all(isinstance(key, (str, *keys)) for key in value)
