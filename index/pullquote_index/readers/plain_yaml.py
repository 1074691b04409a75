"""Loads YAML of plain values. The one module that imports yaml."""

from __future__ import annotations

import re

import yaml

MAX_PARSED = 20_000
"""A longer block, in characters, is read field by field: PyYAML reads some 30 kB a second."""
_MAX_ALIASES = 100
"""The most aliases (`*name`) of a block of YAML."""
_MAX_NESTED = 100
"""The most lists in lists (`[[…]]`); PyYAML's time grows with the square of their depth."""
_MAX_MERGED = 1_000
"""The most fields of a mapping after those of others were merged into it (`<<: *name`)."""
YAML_ERRORS = (
    yaml.YAMLError,
    ValueError,
    RecursionError,
    AttributeError,
    LookupError,
    TypeError,
    ArithmeticError,
)
"""What PyYAML raises. Its constructors let many kinds of errors pass."""


class _PlainLoader(yaml.SafeLoader):
    """Loads plain values; dates and numbers stay text, and aliases and merges are bounded.

    So `2025-02-30` is a wrong date and not wrong YAML, and `007` stays as it is. A value with a tag
    (`!!int 1:59`) stays text, too.
    """

    _aliases = 0

    def fetch_flow_collection_start(self, TokenClass: type[yaml.Token]) -> None:  # noqa: N803
        """Enter a list or mapping in brackets; bound their depth."""
        if self.flow_level == _MAX_NESTED:
            raise yaml.YAMLError(f"nests more than {_MAX_NESTED} lists")
        super().fetch_flow_collection_start(TokenClass)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose a node; count those that are aliases."""
        if self.check_event(yaml.AliasEvent):
            self._aliases += 1
            if self._aliases > _MAX_ALIASES:
                raise yaml.YAMLError(f"has more than {_MAX_ALIASES} aliases")
        return super().compose_node(parent, index)

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Merge the fields of other mappings; their number could double with each of them."""
        super().flatten_mapping(node)
        if len(node.value) > _MAX_MERGED:
            raise yaml.YAMLError(f"merges more than {_MAX_MERGED:,} fields")


def _as_text(loader: _PlainLoader, node: yaml.Node) -> str:
    assert isinstance(node, yaml.ScalarNode)
    return str(loader.construct_scalar(node))


_PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag.rpartition(":")[2] not in ("timestamp", "int", "float", "bool")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver(  # so that the title "No" stays text
    "tag:yaml.org,2002:bool", re.compile("true|True|TRUE|false|False|FALSE"), list("tTfF")
)
for _tag in ("int", "float", "timestamp", "binary"):
    yaml.add_constructor(f"tag:yaml.org,2002:{_tag}", _as_text, Loader=_PlainLoader)


def parse_yaml(block: str) -> object:
    """The value of a block of YAML.

    Raises:
        YAML_ERRORS: it is not well-formed, or is too long.
    """
    if len(block) > MAX_PARSED:
        raise ValueError(f"it has more than {MAX_PARSED:,} characters")
    return yaml.load(block, Loader=_PlainLoader)  # noqa: S506 - a SafeLoader
