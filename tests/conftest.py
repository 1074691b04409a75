"""Fixtures that the tests share: built indexes of seeds/ and of four short articles."""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import signal
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"
# One thread of OpenMP for each process: where workers and programs share the cores, its threads
# wait for one another (FAISS sorted 12,000 vectors in 25 s instead of 0.3).
os.environ.setdefault("OMP_NUM_THREADS", "1")
# A bot's rebuild has this priority, and would hardly run while a suite of another has the cores.
with contextlib.suppress(OSError):
    os.setpriority(os.PRIO_PROCESS, 0, max(10, os.getpriority(os.PRIO_PROCESS, 0)))
# A suite that a shell or nohup(1) runs in the background ignores these signals, and so would the
# programs that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
for variable in [name for name in os.environ if name.startswith("PULLQUOTE_")]:
    del os.environ[variable]

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.hashing import file_sha256
from support import postgres_cluster as servers
from support.archives import (
    HARBOUR,
    LIBRARY,
    ORCHARD,
    SEEDS,
    UNDATED,
    build_into,
    link_tree,
    settings_for,
    write_jsonl,
)
from support.ferry_stories import STORIES
from support.warm_start import warm_command

TESTS = Path(__file__).parent
# The tests of doors whose libraries come with extras, in an environment without these.
collect_ignore = [
    "browser",
    "end_to_end/test_discord_and_http.py",
    "pullquote_bot/test_http_api.py",
    "pullquote_bot/test_mcp_server.py",
    "pullquote_bot/test_reading_page.py",
]
if all(map(importlib.util.find_spec, ("jinja2", "mcp", "uvicorn"))):
    collect_ignore = []
if importlib.util.find_spec("distributed") is None:
    collect_ignore += ["pullquote_index/test_bulk_embedding.py"]
if not servers.is_installed():
    collect_ignore += [f"pullquote/{file.name}" for file in TESTS.glob("pullquote/test_postgres*")]
SMALL_ARCHIVES = TESTS / "small_archives"


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all worker processes of this run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session", autouse=True)
def user_folders(shared_folder: Path) -> None:
    """Keep what the program caches and remembers out of the user's own folders."""
    for variable in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[variable] = str(shared_folder / variable)


@pytest.fixture(autouse=True)
def machine_share(request: pytest.FixtureRequest, shared_folder: Path) -> Iterator[None]:
    """Run a test marked `alone` while no other worker process runs a test."""
    alone = request.node.get_closest_marker("alone") is not None
    with file_lock(shared_folder / "machine.lock", fcntl.LOCK_EX if alone else fcntl.LOCK_SH):
        yield


@contextlib.contextmanager
def file_lock(path: Path, kind: int) -> Iterator[None]:
    """Hold a lock that the worker processes share (LOCK_SH) or that excludes them (LOCK_EX)."""
    with path.open("a") as file:
        fcntl.flock(file, kind)
        yield


def built_once(folder: Path, build: Callable[[Path], object]) -> Path:
    """An index that the first worker process builds and the others use.

    Args:
        folder: for the index.
        build: gets the path of the index.
    """
    folder.mkdir(exist_ok=True)
    built, finished = folder / "built", folder / "finished"
    with file_lock(folder / "lock", fcntl.LOCK_EX):
        if not finished.exists():
            build(built)
            finished.touch()
    return built


@pytest.fixture(scope="session")
def seeds_built(shared_folder: Path) -> Path:
    """A built index of seeds/. Tests must not write to it."""
    return built_once(shared_folder / "seeds", lambda built: build_into(built, [SEEDS]))


@pytest.fixture(scope="session")
def encoders(seeds_built: Path) -> Iterator[Path]:
    """The folder with the exported default encoder. Tests must not write to it."""
    folder = seeds_built / "encoders"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = [file_sha256(file) for file in files]
    yield folder
    assert [file_sha256(file) for file in files] == hashes, (
        "a test changed the shared encoder: delete a linked file before writing it anew"
    )


@pytest.fixture
def built(tmp_path: Path, encoders: Path) -> Path:
    """A folder for an index, with the encoder in it as hard links."""
    link_tree(encoders, tmp_path / "built" / "encoders")
    return tmp_path / "built"


@pytest.fixture(scope="session")
def library_built(shared_folder: Path, encoders: Path) -> Path:
    """A built index of one short article. Tests must not write to it."""

    def build(built: Path) -> None:
        link_tree(encoders, built / "encoders")
        build_into(built, [write_jsonl(built.parent / "library.jsonl", LIBRARY)])

    return built_once(shared_folder / "library", build)


@pytest.fixture(scope="session")
def stories_built(shared_folder: Path, encoders: Path) -> Path:
    """A built index of a story in several versions, and others. Tests must not write to it."""

    def build(built: Path) -> None:
        link_tree(encoders, built / "encoders")
        build_into(built, [write_jsonl(built.parent / "news.jsonl", *STORIES)])

    return built_once(shared_folder / "stories", build)


@pytest.fixture(scope="session")
def seeds(seeds_built: Path) -> OpenIndex:
    """The index of seeds/, open."""
    return OpenIndex(settings_for(seeds_built))


@pytest.fixture(scope="session")
def town_built(shared_folder: Path, encoders: Path) -> Path:
    """A built index of four short articles. Tests must not write to it."""

    def build(built: Path) -> None:
        link_tree(encoders, built / "encoders")
        articles = built.parent / "articles"
        articles.mkdir(exist_ok=True)
        write_jsonl(articles / "town.jsonl", HARBOUR, ORCHARD, LIBRARY, UNDATED)
        build_into(built, [articles])

    return built_once(shared_folder / "town", build)


@pytest.fixture(scope="session")
def small_archives(
    shared_folder: Path, encoders: Path, seeds: OpenIndex
) -> Mapping[str, OpenIndex]:
    """The indexes of the files in tests/small_archives and of seeds/, open, by name."""
    indexes = {"seeds": seeds}
    for articles in sorted(SMALL_ARCHIVES.glob("*.articles.jsonl")):

        def build(built: Path, articles: Path = articles) -> None:
            link_tree(encoders, built / "encoders")
            build_into(built, [articles])

        name = articles.name.partition(".")[0]
        indexes[name] = OpenIndex(settings_for(built_once(shared_folder / name, build)))
    return indexes


@pytest.fixture(scope="session")
def town(town_built: Path) -> OpenIndex:
    """The index of four short articles, open."""
    return OpenIndex(settings_for(town_built))


@pytest.fixture(scope="session")
def town_answering(town_built: Path) -> OpenIndex:
    """The index of four short articles, open; it answers every question that finds a passage."""
    return OpenIndex(settings_for(town_built, ANSWER_THRESHOLD="0", ANSWER_UNSURE_THRESHOLD="0"))


@pytest.fixture(scope="session")
def town_unsure(town_built: Path) -> OpenIndex:
    """The index of four short articles, open; it is sure of no answer, and refuses none."""
    return OpenIndex(settings_for(town_built, ANSWER_THRESHOLD="1", ANSWER_UNSURE_THRESHOLD="0"))


@pytest.fixture(scope="session")
def town_refusing(town_built: Path) -> OpenIndex:
    """The index of four short articles, open; it refuses every question."""
    return OpenIndex(settings_for(town_built, ANSWER_THRESHOLD="1", ANSWER_UNSURE_THRESHOLD="1"))


@pytest.fixture(scope="session")
def postgres_cluster(shared_folder: Path) -> Iterator[servers.PostgresCluster]:
    """A PostgreSQL primary and its standby. Tests must not end them."""
    with servers.shared_cluster(shared_folder / "postgres") as cluster:
        yield cluster


@pytest.fixture
def postgres_database(postgres_cluster: servers.PostgresCluster) -> Iterator[str]:
    """The name of an empty database of the shared cluster."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    postgres_cluster.new_database(name)
    yield name
    postgres_cluster.sql(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def command() -> Iterator[list[str]]:
    """The command that starts the program in a process of its own, by a fork of an imported one."""
    with warm_command() as command:
        yield command


@pytest.fixture(scope="session")
def cold_command() -> list[str]:
    """The command as it is typed: the interpreter starts, and imports the program."""
    return [sys.executable, "-m", "pullquote_bot"]
