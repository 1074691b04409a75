"""What the tests share: a real archive of seeds/ and a small one of several articles, built once."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"
for name in [name for name in os.environ if name.startswith("PULLQUOTE_")]:
    del os.environ[name]

from pullquote.archive import Archive
from pullquote.settings import Settings, load_settings
from pullquote_index.build import BuildReport, build
from pullquote_index.progress import Silent

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
NOON = dt.datetime(2026, 1, 2, 12, 0, tzinfo=dt.UTC)

HARBOUR = {
    "id": "harbour",
    "title": "Harbour bridge reopens after eleven months",
    "source": "The Quay",
    "published": "2024-03-05",
    "url": "https://example.org/harbour",
    "section": "Local",
    "authors": ["Ana Ortiz"],
    "text": (
        "The harbour bridge reopened on Tuesday after eleven months of repairs.\n\n"
        "Engineer Lidia Kovac said the cables had been replaced at a cost of 14 million euros. “It will outlast us all,” she said.\n\n"
        "Ferry operators expect to lose a third of their passengers by the summer."
    ),
}
ORCHARD = {
    "id": "orchard",
    "title": "Frost ruins the apricot harvest",
    "source": "Valley Post",
    "published": "2024-05-20",
    "text": (
        "A late frost destroyed most of the apricot harvest in the upper valley.\n\n"
        "Growers put the loss at 60 percent. Tomas Reed, who farms near Elm Ford, lost every tree that he planted in 2019.\n\n"
        "Ferry operators expect to lose a third of their passengers by the summer."
    ),
}
LIBRARY = {
    "id": "library",
    "title": "Library extends its hours",
    "source": "The Quay",
    "published": "2025-01-15",
    "text": "The town library will stay open until ten in the evening from February. Director Mina Vale said 3,200 readers had asked for it.",
}
UNDATED = {"id": "undated", "title": "A note on tides", "source": "Valley Post", "text": "The tide at Elm Ford turns twice a day, as it always has."}


def write_jsonl(path: Path, *records: object) -> Path:
    """Write records as JSON Lines."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def encoders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the exported default encoder, made once."""
    built = tmp_path_factory.mktemp("encoders") / "built"
    build_into(built, [SEEDS])
    return built / "encoders"


def settings_for(built: Path, **environment: str) -> Settings:
    """Settings whose index lies in `built`."""
    return load_settings({"PULLQUOTE_INDEX_PATH": str(built), **{f"PULLQUOTE_{key}": value for key, value in environment.items()}})


def build_into(built: Path, paths: list[Path], *, strict: bool = False, full: bool = False, **environment: str) -> BuildReport:
    """Build an index of `paths` in `built`."""
    return build(settings_for(built, **environment), paths, strict=strict, progress=Silent(), now=lambda: NOON, full=full)


Build = Callable[..., BuildReport]


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
def seeds(seeds_built: Path) -> Archive:
    """The archive of seeds/, open."""
    return Archive(settings_for(seeds_built))


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
def town(town_built: Path) -> Archive:
    """The archive of four short articles, open."""
    return Archive(settings_for(town_built))


@pytest.fixture(scope="session")
def command() -> list[str]:
    """How to start the program in a process of its own."""
    return [sys.executable, "-m", "pullquote_bot"]
