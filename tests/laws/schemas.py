"""Small schemas, edits of them, and values that may well fit: thrown, by a seed."""

import re
from collections.abc import Callable
from random import Random
from typing import Any

Json = dict[str, Any]

NAMES = ["id", "type", "title"]
SCALARS = [None, True, False, -1, 0, 1, 1.0, 1.5, 2, "", "a", "ab"]
TYPES = ["integer", "number", "string", "boolean", "null", "object", "array"]
OF_OBJECTS = {"properties", "required", "patternProperties", "additionalProperties", "minProperties", "maxProperties"}
OF_ARRAYS = {"items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"}
TRUE_OR_FALSE = [True, False]


class Dice:
    """Throws schemas and values."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - no secret

    def one(self, *of: Any) -> Any:
        return self.random.choice(of)

    def one_schema(self, *of: Json) -> Json:
        return self.random.choice(of)

    def bound(self) -> int:
        return self.random.randint(-1, 2)

    def length(self) -> int:
        return self.random.randint(0, 2)

    def some(self, **keywords: Callable[[], Any]) -> Json:
        return {keyword: throw() for keyword, throw in keywords.items() if self.random.random() < 0.5}

    def several(self, depth: int) -> list[Any]:
        return [self.schema(depth) for _ in range(self.one(1, 2, 2, 3))]

    def schemas_by(self, names: list[str], depth: int) -> Json:
        return {name: self.schema(depth) for name in names if self.random.random() < 0.5}

    def values(self) -> list[Any]:
        return self.random.sample([*SCALARS, {}, {"id": 1}], self.one(1, 2, 3))

    def schema(self, depth: int, family: str | None = None) -> Any:
        family = family or self.one(*FAMILIES if depth > 0 else LEAVES)
        below = depth - 1
        if family == "bool":
            return self.one(*TRUE_OR_FALSE, {})
        if family == "reference":
            return {"$ref": self.one("#/$defs/Line", "#/$defs/Money"), **self.some(minProperties=self.length)}
        thrown: Json = FAMILIES_OF[family](self, below)
        return thrown

    def typed(self, _: int) -> Json:
        types = self.one(*TYPES, ["string", "null"], ["integer", "string"])
        return {"type": types, **self.some(description=lambda: self.one("One.", "Another."))}

    def listed(self, _: int) -> Json:
        return self.one_schema(
            {"enum": self.values()},
            {"const": self.values()[0]},
            self.one_schema(self.typed(0), {}) | {"enum": self.values()},
        )

    def number(self, _: int) -> Json:
        return self.some(
            type=lambda: self.one("integer", "number"),
            minimum=self.bound,
            exclusiveMinimum=self.bound,
            maximum=self.bound,
            exclusiveMaximum=self.bound,
            multipleOf=lambda: self.one(1, 2, 3, 4, 0.5),
        )

    def text(self, _: int) -> Json:
        return {
            "type": "string",
            **self.some(minLength=self.length, maxLength=self.length, pattern=lambda: self.one("^a", "b$")),
        }

    def object(self, depth: int) -> Json:
        return self.some(
            type=lambda: "object",
            properties=lambda: self.schemas_by(NAMES, depth),
            required=lambda: self.random.sample(NAMES, self.length()),
            patternProperties=lambda: self.schemas_by(["^t", "e$"], depth),
            additionalProperties=lambda: self.schema(depth),
        ) | self.one_schema({}, {}, self.some(minProperties=self.length, maxProperties=self.length))

    def array(self, depth: int) -> Json:
        return self.some(
            type=lambda: "array", prefixItems=lambda: self.several(depth), items=lambda: self.schema(depth)
        ) | self.one_schema(
            {}, {}, self.some(minItems=self.length, maxItems=self.length, uniqueItems=lambda: self.one(*TRUE_OR_FALSE))
        )

    def union(self, depth: int) -> Json:
        keyword = self.one("anyOf", "oneOf")
        return {keyword: self.several(depth)} | self.one_schema({}, {}, self.object(depth), self.typed(depth))

    def tagged(self, depth: int) -> Json:
        """A union told apart by a field, as pydantic writes it."""
        return {
            self.one("oneOf", "oneOf", "anyOf"): [
                {
                    "type": "object",
                    "properties": {"type": {"const": tag}, **self.schemas_by(["id"], depth)},
                    "required": ["type"],
                }
                for tag in self.random.sample(["a", "b", "c"], self.one(1, 2))
            ]
        }

    def conjunction(self, depth: int) -> Json:
        return {"allOf": self.several(depth), **self.one_schema({}, self.object(depth), self.number(depth))}

    def opaque(self, depth: int) -> Json:
        def schema() -> Any:
            return self.schema(depth)

        return self.one_schema(
            {"not": schema()},
            {"if": schema(), **self.some(then=schema), **self.some(**{"else": schema})},
            self.some(contains=schema, minContains=self.length, maxContains=self.length),
            {"propertyNames": {"pattern": self.one("^t", "e$")}},
            {"dependentRequired": {"id": [self.one("type", "title")]}},
            {**self.object(depth), "unevaluatedProperties": schema()},
            {"allOf": [{"if": schema()}, {"then": schema()}]},
        )

    def edited(self, schema: Any, depth: int) -> Any:
        """The schema with one thing in it thrown again, so that most of it stays comparable."""
        changed = dict(schema) if isinstance(schema, dict) else schema
        if not changed or changed is True:
            return self.schema(depth)
        keyword = self.one(*changed)
        value = changed[keyword]
        kind = self.one("drop", "inside", "inside", "inside", "add")
        if kind == "drop":
            del changed[keyword]
        elif kind == "add":
            changed |= self.schema(depth, self.one("number", "object", "typed", "listed", "array"))
        elif keyword in ("properties", "patternProperties", "$defs") and value:
            name = self.one(*value)
            changed[keyword] = {**value, name: self.edited(value[name], depth)}
        elif keyword in ("anyOf", "oneOf", "allOf", "prefixItems"):
            place = self.random.randrange(len(value))
            changed[keyword] = [*value[:place], self.edited(value[place], depth), *value[place + 1 :]]
        elif keyword in ("items", "additionalProperties", "not", "if", "then", "else", "contains"):
            changed[keyword] = self.edited(value, depth)
        elif keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
            changed[keyword] = self.bound()
        elif isinstance(value, int) and not isinstance(value, bool):
            changed[keyword] = self.one(1, 2, 3, 4)
        elif keyword == "enum":
            changed[keyword] = self.values()
        return changed

    def value(self) -> Any:
        return self.one(*SCALARS, *SCALARS, [], ["a", 1], {}, {"id": 1}, {"type": "a", "title": None})

    def likely(self, schema: Any, document: Json, depth: int = 5) -> Any:
        """A value that has a good chance to fit the schema."""
        if not isinstance(schema, dict) or depth == 0 or self.random.random() < 0.1:
            return self.value()
        if "$ref" in schema:
            return self.likely(document["$defs"][schema["$ref"].removeprefix("#/$defs/")], document, depth - 1)
        for keyword in ("anyOf", "oneOf", "allOf"):
            if keyword in schema:
                chosen = self.one(*schema[keyword])
                rest = {each: value for each, value in schema.items() if each != keyword}
                return self.likely({**rest, **chosen} if isinstance(chosen, dict) else chosen, document, depth)
        if "const" in schema or schema.get("enum"):
            return schema["const"] if "const" in schema else self.one(*schema["enum"])
        return self.of_type(schema, document, depth - 1)

    def of_type(self, schema: Json, document: Json, depth: int) -> Any:
        guessed = "object" if schema.keys() & OF_OBJECTS else "array" if schema.keys() & OF_ARRAYS else None
        types = schema.get("type", guessed)
        type_ = self.one(*types) if isinstance(types, list) else types
        if type_ == "object":
            patterns, others = schema.get("patternProperties", {}), schema.get("additionalProperties", True)
            names = {name for name in NAMES if self.random.random() < 0.4} | set(schema.get("required", ()))
            held = {name: [below for pattern, below in patterns.items() if re.search(pattern, name)] for name in names}
            named = schema.get("properties", {})
            return {
                name: self.likely(named.get(name, (held[name] or [others])[0]), document, depth)
                for name in sorted(names)
            }
        if type_ == "array":
            first = [self.likely(each, document, depth) for each in schema.get("prefixItems", ())]
            return first + [self.likely(schema.get("items", True), document, depth) for _ in range(self.length())]
        if type_ in ("integer", "number") or "multipleOf" in schema or "minimum" in schema or "maximum" in schema:
            return self.random.randint(-6, 12) / self.one(1, 2) if type_ != "integer" else self.random.randint(-4, 8)
        return "".join(self.one("a", "b") for _ in range(self.one(0, 1, 2, 3))) if type_ == "string" else self.value()


LEAVES = ["bool", "typed", "listed", "number", "text", "reference"]
FAMILIES_OF: dict[str, Callable[[Dice, int], Json]] = {
    "typed": Dice.typed,
    "listed": Dice.listed,
    "number": Dice.number,
    "text": Dice.text,
    "object": Dice.object,
    "array": Dice.array,
    "union": Dice.union,
    "tagged": Dice.tagged,
    "conjunction": Dice.conjunction,
    "opaque": Dice.opaque,
}
FAMILIES = [*LEAVES, *FAMILIES_OF, "object", "array"]


def two_documents(dice: Dice) -> tuple[Json, Json]:
    """Two schemas that have something to do with each other, each with its definitions."""
    family = dice.one(*FAMILIES_OF)
    old = dice.schema(2, family)
    new = dice.one(dice.edited(old, 1), dice.edited(dice.edited(old, 1), 1), dice.schema(2, family))
    line = {"properties": {"title": {"$ref": "#/$defs/Line"}, "id": dice.schema(0, dice.one("number", "typed"))}}
    definitions = {"Money": dice.schema(1, dice.one("object", "listed", "number")), "Line": line}
    definitions["Money"] = _without_reference(definitions["Money"])
    changed = dice.one(definitions, dice.edited({"$defs": definitions}, 0).get("$defs", definitions))
    changed = definitions | changed
    changed["Money"] = _without_reference(changed["Money"])
    return _document(old, definitions), _document(new, changed)


def _without_reference(schema: Any) -> Any:
    """Keep a schema from leading back to itself, where no validator comes to an end."""
    return {"type": "integer"} if "$ref" in str(schema) else schema


def _document(schema: Any, definitions: Json) -> Json:
    return {"properties": {"at": schema}, "required": ["at"], "$defs": definitions}
