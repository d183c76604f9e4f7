"""Which keywords of JSON Schema the comparison knows, and what it does with each.

https://json-schema.org/draft/2020-12/json-schema-validation ; what is in none of these asserts nothing.
"""

from __future__ import annotations

from typing import Any

Plain = dict[str, Any]
"""A schema without references and combinators, and with one type at most."""

SENSITIVE = "x-sensitive"

DESCRIPTIVE = ("title", "description", "default", "examples", "deprecated")

# Those that hold schemas: one, a list of them, or schemas by names that are the user's.
ONE_SCHEMA = frozenset(
    {
        "additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not",
        "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
    }
)  # fmt: skip
SCHEMA_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
NAMED_SCHEMAS = frozenset({"dependentSchemas", "patternProperties", "properties"})

# Lists in which order says nothing.
UNORDERED = frozenset({"enum", "required", "type"})

# What can't be compared beyond being the same. The first of each group speaks: without it the others say nothing.
OPAQUE = (
    ("not",),
    ("if", "then", "else"),
    ("contains", "minContains", "maxContains"),
    ("propertyNames",),
    ("dependentRequired",),
    ("dependentSchemas",),
    ("dependencies",),
    ("contentEncoding",),
    ("contentMediaType", "contentSchema"),
)
OPAQUE_KEYWORDS = frozenset(keyword for group in OPAQUE for keyword in group)

# They speak of what the keywords around them leave over, so they mean the same only if those do.
UNEVALUATED = frozenset({"unevaluatedItems", "unevaluatedProperties"})

# Counts, with the type they speak of.
LEAST = {"minLength": "string", "minItems": "array", "minProperties": "object"}
MOST = {"maxLength": "string", "maxItems": "array", "maxProperties": "object"}

ASSERTING = (
    ONE_SCHEMA
    | SCHEMA_LISTS
    | NAMED_SCHEMAS
    | UNORDERED
    | OPAQUE_KEYWORDS
    | frozenset(LEAST)
    | frozenset(MOST)
    | frozenset(
        {
            "$ref", "$dynamicRef", "$recursiveRef", "const", "exclusiveMaximum", "exclusiveMinimum", "format",
            "maximum", "minimum", "multipleOf", "nullable", "pattern", "uniqueItems", SENSITIVE,
        }
    )
)  # fmt: skip
