"""YAML read as JSON."""

from __future__ import annotations

import yaml


class JsonLoader(yaml.SafeLoader):
    """Takes a date for the text that it is in JSON."""


JsonLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
