"""A correct topology as templates, and the places in it where one fault can be put."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import chain
from typing import Any

from cdk_eventbridge_patterns.assembly import Template, topology_of
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.topology import Topology

Resource = Mapping[str, Any]
Step = str | int


@dataclass(frozen=True)
class World:
    """Templates that are judged together.

    Args:
        name: What it is called in the table.

        templates: All of them, correct.

        organization: The AWS organisation their accounts are of. Default: nobody said.

        linked: Whether one template takes values from another. Default: none does, so each is read once for all
            faults that are elsewhere.
    """

    name: str
    templates: tuple[Template, ...]
    organization: str | None = None
    linked: bool = False

    @cached_property
    def topology(self) -> Topology:
        """What the untouched templates say: where to put which fault is asked of it."""
        return self.read_at_once(self.templates)

    def read_at_once(self, templates: Iterable[Template]) -> Topology:
        """Return what templates of these accounts say."""
        return replace(topology_of(templates), organization=self.organization)

    def read(self, templates: Iterable[Template]) -> Topology:
        """Return the same, where templates are not linked put together from what each of them says.

        What is left out is the names, since without a convention nobody is asked about them.
        """
        if self.linked:
            return self.read_at_once(templates)
        read = [self._read.get(id(template)) or topology_of([template]) for template in templates]
        elements = {
            each.name: tuple(chain.from_iterable(getattr(topology, each.name) for topology in read))
            for each in fields(Topology)
            if each.name not in ("names", "environments", "organization")
        }
        environments = frozenset(chain.from_iterable(topology.environments for topology in read))
        return Topology(**elements, environments=environments, organization=self.organization)

    @cached_property
    def _read(self) -> dict[int, Topology]:
        return {id(template): topology_of([template]) for template in self.templates}

    def spot(self, location: Location) -> Spot:
        """Return the place in a template that an element was read from."""
        index = next(i for i, template in enumerate(self.templates) if template.stack == location.stack)
        steps = (location.property_path or "").split(".") if location.property_path else []
        path = tuple(int(step) if step.isdigit() else step for step in steps)
        return Spot(self, index, location.logical_id, ("Properties", *path))

    def resources(self, *types: str) -> Iterator[Spot]:
        """Return the resources of these types."""
        for index, template in enumerate(self.templates):
            for logical_id, _ in template.of_type(*types):
                yield Spot(self, index, logical_id, ("Properties",))

    def with_resources(self, place: str, *changes: tuple[int, Mapping[str, Resource | None]]) -> Mutant:
        """Return the world with resources put into templates, replaced, or, where they are None, removed."""
        templates = list(self.templates)
        for index, resources in changes:
            body = templates[index].body
            kept = {**body["Resources"], **resources}
            changed = {key: value for key, value in kept.items() if value is not None}
            templates[index] = replace(templates[index], body={**body, "Resources": changed})
        return Mutant(world=self, place=place, templates=tuple(templates))


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A world with one fault.

    Args:
        world: What it was made from.

        place: Where the fault is.

        templates: All templates, with the fault.
    """

    world: World
    place: str
    templates: tuple[Template, ...]


@dataclass(frozen=True)
class Spot:
    """A place in a resource: its properties, or something in them.

    Policies that are JSON in text are stepped into like any other object.
    """

    world: World
    index: int
    logical_id: str
    path: tuple[Step, ...]

    @property
    def template(self) -> Template:
        """The template it is in."""
        return self.world.templates[self.index]

    @property
    def resource(self) -> Resource:
        """The resource it is in."""
        return self.template.resources[self.logical_id]

    @property
    def value(self) -> Any:
        """What is written there."""
        value: Any = self.resource
        for step in self.path:
            value = _opened(value)[step]
        return _opened(value)

    @property
    def label(self) -> str:
        """The place, as the table of misses names it."""
        path = ".".join(str(step) for step in self.path[1:])
        return f"{self.template.stack}/{self.logical_id}" + (f" ({path})" if path else "")

    def at(self, *steps: Step) -> Spot:
        """Return a place below this one."""
        return replace(self, path=(*self.path, *steps))

    def has(self, *steps: Step) -> bool:
        """Return whether something is written below this place."""
        try:
            return self.at(*steps).value is not None
        except (KeyError, IndexError, TypeError):
            return False

    def put(self, value: Any) -> Mutant:
        """Return the world with something else here."""
        return self._edited(lambda parent, last: parent.__setitem__(last, value))

    def removed(self) -> Mutant:
        """Return the world without what is here; of a list, what follows moves up."""
        return self._edited(lambda parent, last: parent.__delitem__(last))

    def resource_removed(self) -> Mutant:
        """Return the world without the resource."""
        return self.beside({self.logical_id: None})

    def beside(self, resources: Mapping[str, Resource | None]) -> Mutant:
        """Return the world with other resources in the same template."""
        return self.world.with_resources(self.label, (self.index, resources))

    def renamed(self, old: str, new: str, changes: Mapping[str, Any]) -> Mutant:
        """Return the world with a resource called otherwise, wherever its template names it, and *changes* to it."""
        body = json.loads(json.dumps(self.template.body["Resources"]).replace(old, new))
        body[self.logical_id]["Properties"] |= changes
        return self.beside(body)

    def _edited(self, edit: Callable[[Any, Step], object]) -> Mutant:
        resource = copy.deepcopy(dict(self.resource))
        resource.setdefault("Properties", {})
        _edit(resource, self.path, edit)
        return self.beside({self.logical_id: resource})


def _edit(value: Any, path: tuple[Step, ...], edit: Callable[[Any, Step], object]) -> None:
    step, rest = path[0], path[1:]
    if not rest:
        edit(value, step)
    elif isinstance(value[step], str):
        opened = json.loads(value[step])
        _edit(opened, rest, edit)
        value[step] = json.dumps(opened)
    else:
        _edit(value[step], rest, edit)


def _opened(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value.startswith("{") else value
