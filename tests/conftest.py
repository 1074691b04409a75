"""Fixtures that the tests share: a real archive of seeds/ and one of four short articles, built once."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"
for name in [name for name in os.environ if name.startswith("PULLQUOTE_")]:
    del os.environ[name]

from pullquote.answering.open_index import OpenIndex
from support.archives import (
    HARBOUR,
    LIBRARY,
    ORCHARD,
    SEEDS,
    UNDATED,
    build_into,
    settings_for,
    write_jsonl,
)


@pytest.fixture(scope="session")
def encoders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the exported default encoder, made once."""
    built = tmp_path_factory.mktemp("encoders") / "built"
    build_into(built, [SEEDS])
    return built / "encoders"


@pytest.fixture
def built(tmp_path: Path, encoders: Path) -> Path:
    """A folder for indexes that has the encoder already."""
    folder = tmp_path / "built"
    shutil.copytree(encoders, folder / "encoders")
    return folder


@pytest.fixture(scope="session")
def seeds_built(tmp_path_factory: pytest.TempPathFactory, encoders: Path) -> Path:
    """A built index of seeds/. Not to be written to."""
    folder = tmp_path_factory.mktemp("seeds") / "built"
    shutil.copytree(encoders, folder / "encoders")
    build_into(folder, [SEEDS])
    return folder


@pytest.fixture(scope="session")
def seeds(seeds_built: Path) -> OpenIndex:
    """The archive of seeds/, open."""
    return OpenIndex(settings_for(seeds_built))


@pytest.fixture(scope="session")
def town_built(tmp_path_factory: pytest.TempPathFactory, encoders: Path) -> Path:
    """A built index of four short articles. Not to be written to."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copytree(encoders, folder / "built" / "encoders")
    articles = folder / "articles"
    articles.mkdir()
    write_jsonl(articles / "town.jsonl", HARBOUR, ORCHARD, LIBRARY, UNDATED)
    build_into(folder / "built", [articles])
    return folder / "built"


@pytest.fixture(scope="session")
def town(town_built: Path) -> OpenIndex:
    """The archive of four short articles, open."""
    return OpenIndex(settings_for(town_built))


@pytest.fixture(scope="session")
def command() -> list[str]:
    """How to start the program in a process of its own."""
    return [sys.executable, "-m", "pullquote_bot"]
