"""The hash of the code that makes passages out of files covers all of that code."""

import ast
import importlib.util
from pathlib import Path

from pullquote_index.reuse import stage_versions

NOT_PART_OF_RESULTS = {
    "pullquote.errors",  # what a failure says
    "pullquote.models.cards",  # the encoder's card has a hash of its own
    "pullquote.models.transformer",  # runs the encoder, whose card has a hash
    "pullquote.corpus.passages",  # values without code that decides anything
    "pullquote_index.readers.problems",  # what a failure says
    "pullquote_index.reuse.stored_vectors",  # rounds with `quantise`, which is hashed
    "pullquote_index.steps.store_writer",  # stores what the hashed modules decide
}


def imported_by(module: str) -> set[str]:
    """The modules of ours that a module imports."""
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    return {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pullquote")
    }


def test_what_the_hashed_modules_import_is_hashed_too() -> None:
    hashed = set(stage_versions._MODULES)
    imported = set().union(*map(imported_by, hashed))
    assert imported - hashed - NOT_PART_OF_RESULTS == set()
