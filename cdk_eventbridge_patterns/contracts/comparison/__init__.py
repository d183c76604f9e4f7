"""Two JSON Schemas held against each other, keyword by keyword."""
