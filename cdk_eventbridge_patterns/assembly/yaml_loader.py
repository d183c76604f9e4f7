"""YAML as CloudFormation reads it: with short forms of functions, and without dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from yaml import SafeLoader as _Base
else:
    _Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # many times faster, where PyYAML was built with it

# Those whose short form is not `Fn::` and the name.
_WITHOUT_PREFIX = {"Ref", "Condition"}


class _Loader(_Base):
    """A safe loader that knows `!Ref`, `!GetAtt` and all others, and refuses a key that is written twice."""


def load_yaml(content: bytes) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what is in *content*.

    Raises:
        ValueError: If it is no YAML.
    """
    try:
        return yaml.load(content, Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    except RecursionError:
        raise
    except Exception as error:  # noqa: BLE001 - PyYAML lets some through, such as those of wrong numbers
        raise ValueError(f"{type(error).__name__}: {error}") from None


def _function(loader: yaml.SafeLoader, name: str, node: yaml.Node) -> dict[str, Any]:
    key = name if name in _WITHOUT_PREFIX else f"Fn::{name}"
    if isinstance(node, yaml.ScalarNode):
        text = str(node.value)
        return {key: text.split(".", 1) if name == "GetAtt" else text}
    if isinstance(node, yaml.SequenceNode):
        return {key: loader.construct_sequence(node, deep=True)}
    return {key: _mapping(loader, node)}


def _mapping(loader: yaml.SafeLoader, node: yaml.Node) -> dict[Any, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise yaml.constructor.ConstructorError(None, None, "expected a mapping", node.start_mark)
    loader.flatten_mapping(node)
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, (str, int, float, bool)) and key is not None:
            raise yaml.constructor.ConstructorError(None, None, "a key must be text", key_node.start_mark)
        if key in mapping:
            raise yaml.constructor.ConstructorError(None, None, f"key {key!r} is written twice", key_node.start_mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


def _integer(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int | str:
    """Return a number; one with a zero in front is text, such as an account id, and not octal."""
    text = str(node.value)
    return text if len(text) > 1 and text.lstrip("+-").startswith("0") else int(loader.construct_yaml_int(node))


_Loader.add_multi_constructor("!", _function)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:int", _integer)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _loader, node: str(node.value))
