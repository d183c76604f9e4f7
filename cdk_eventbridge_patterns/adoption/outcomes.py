"""What becomes of each resource: CloudFormation knows it by stack and logical id, AWS by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cdk_eventbridge_patterns.adoption.changes import changes
from cdk_eventbridge_patterns.adoption.create_only import BY_EFFECT, CREATE_ONLY
from cdk_eventbridge_patterns.adoption.outcome import Fate, Outcome
from cdk_eventbridge_patterns.assembly.names import NAMES
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.checks.naming.replacement import replacement_of
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.undecided import Answer, Undecided

_KEEP = "give its logical id to adopt=Adopted(logical_id='{}'), or move it by a stack refactoring before you deploy"
_TARGET_UNSURE = Undecided(
    "whether CloudFormation puts a target under its new id before it removes the old one is not documented"
)


class Outcomes:
    """What becomes of the resources of two states that have to do with EventBridge.

    Args:
        before: The resources as they exist.

        after: The resources as they will be.
    """

    def __init__(self, before: Iterable[ResolvedResource], after: Iterable[ResolvedResource]) -> None:
        self._before = _by_place(before)
        self._after = _by_place(after)
        self._holders = _by_name(self._before.values())

    def all(self) -> Iterator[Outcome]:
        """Return what becomes of each that exists, and those that are new."""
        names = _by_name(self._after.values())
        for place, old in self._before.items():
            new = self._after.get(place)
            if new is not None:
                yield _in_one_place(old, new)
            elif _name_key(old) not in names:
                yield _gone(old)
        for place, new in self._after.items():
            if place not in self._before:
                yield self._made(new)

    def _made(self, new: ResolvedResource) -> Outcome:
        """Return that *new* is new, or what that exists has its name under another logical id, or in another stack."""
        name = _name_key(new)
        holder = None if name is None else self._holders.get(name)
        return _outcome(Fate.NEW, new) if holder is None else _moved(holder, new)


def _by_name(resources: Iterable[ResolvedResource]) -> dict[tuple[str, ...] | None, ResolvedResource]:
    return {name: each for each in resources if (name := _name_key(each)) is not None}


def _by_place(resources: Iterable[ResolvedResource]) -> dict[tuple[str, ...], ResolvedResource]:
    return {
        (each.account, each.region, each.template.stack, each.logical_id): each
        for each in resources
        if each.resource_type in CREATE_ONLY
    }


def _in_one_place(old: ResolvedResource, new: ResolvedResource) -> Outcome:
    if old.resource_type != new.resource_type:
        told = f"CloudFormation refuses to make an {new.resource_type} of it; give one of the two another logical id"
        return _outcome(Fate.MOVED, old, fails=True, properties=("Type",), told=told)
    found = changes(old.properties, new.properties)
    final = {path: answer for path, answer in found.items() if path in CREATE_ONLY[old.resource_type]}
    if final:
        return _replaced(old, new, final)
    if old.conditional != new.conditional:
        found |= {"Condition": new.conditional or old.conditional or True}
    if not found:
        return _outcome(Fate.KEPT, new)
    return _changed(new, found)


def _replaced(old: ResolvedResource, new: ResolvedResource, final: Mapping[str, Answer]) -> Outcome:
    kind = NAMES.get(old.resource_type, (None, ""))[0]
    effect = "it is made anew, and the old one deleted after" if kind is None else replacement_of(kind).effect
    sure = any(answer is True for answer in final.values())
    unsure = next((answer for answer in final.values() if isinstance(answer, Undecided)), None)
    names = " → ".join(dict.fromkeys((_name(old), _name(new))))
    return _outcome(
        Fate.REPLACED,
        old,
        fails=True if sure or unsure is None else unsure,
        properties=tuple(final),
        told=f"{names}: {effect}",
    )


def _changed(new: ResolvedResource, found: Mapping[str, Answer]) -> Outcome:
    unsure = [answer.reason for answer in found.values() if isinstance(answer, Undecided)]
    targets = [path for path in found if path.startswith("Targets.") and path.count(".") == 1]
    told = [replacement_of(ResourceKind.TARGET).effect] if targets else []
    told += [f"undecided: {reason}" for reason in dict.fromkeys(unsure)]
    return _outcome(
        Fate.CHANGED,
        new,
        fails=_TARGET_UNSURE if targets else False,
        properties=tuple(found),
        told="; ".join(told) or None,
    )


def _moved(old: ResolvedResource, twin: ResolvedResource) -> Outcome:
    told = (
        f"{twin.location} makes another of that name, which fails while this one is there; "
        f"{_KEEP.format(old.logical_id)}"
    )
    return _outcome(Fate.MOVED, old, fails=True, told=told)


def _gone(old: ResolvedResource) -> Outcome:
    if old.template.resources[old.logical_id].get("DeletionPolicy", "Delete") != "Delete":
        return _outcome(Fate.GONE, old, told="it stays where it is, out of CloudFormation's hands")
    if old.resource_type in BY_EFFECT:
        return _outcome(Fate.GONE, old)
    kind = NAMES.get(old.resource_type, (None, ""))[0]
    effect = "whoever uses it must follow" if kind is None else replacement_of(kind).effect
    return _outcome(Fate.GONE, old, fails=True, told=effect)


def _outcome(
    fate: Fate,
    resource: ResolvedResource,
    *,
    fails: Answer = False,
    properties: Sequence[str] = (),
    told: str | None = None,
) -> Outcome:
    return Outcome(
        fate=fate,
        resource_type=resource.resource_type,
        name=_name(resource),
        location=resource.location,
        fails=fails,
        properties=tuple(properties),
        told=told,
    )


def _name(resource: ResolvedResource) -> str:
    given = resource.properties.get(NAMES.get(resource.resource_type, (None, ""))[1])
    return given if isinstance(given, str) else resource.logical_id


def _name_key(resource: ResolvedResource) -> tuple[str, ...] | None:
    """Return what AWS knows the resource by, nothing where its name is not known or made up by CloudFormation."""
    property_name = NAMES.get(resource.resource_type, (None, ""))[1]
    parts = [resource.properties.get(each) for each in (property_name, "EventBusName", "RegistryName")]
    known = [str(part) for part in parts if part is not None]
    if not isinstance(parts[0], str) or not all(map(is_literal, known)):
        return None
    return (resource.resource_type, resource.account, resource.region, *known)
