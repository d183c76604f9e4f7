"""The dialects that the EventBridge schema registry takes."""

from enum import Enum


class SchemaDialect(str, Enum):
    """In which words a schema registry holds a schema, by what AWS calls it.

    JSON Schema suits validation at run time and can say more; OpenAPI 3.0 is what schema discovery and AWS's own
    registry use. Code bindings are generated from either.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema-create.html
    """

    JSON_SCHEMA_DRAFT_4 = "JSONSchemaDraft4"
    OPEN_API_3 = "OpenApi3"
