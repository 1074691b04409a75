"""Embedding on worker processes: the same vectors, whatever happens to a worker."""

import argparse
import contextlib
import dataclasses
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import distributed
import pytest
import threadpoolctl  # type: ignore[import-untyped,unused-ignore]

from pullquote.corpus.spans import Span
from pullquote.errors import SettingsError, WorkersError
from pullquote.models.cards import read_encoder_card
from pullquote.models.encoder import OnnxEncoder
from pullquote.settings import load_settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import read_manifest
from pullquote_bot.command_line import option_types
from pullquote_index.build import build
from pullquote_index.progress import SilentProgress
from pullquote_index.steps.embedding import EmbeddingInput, embed
from pullquote_index.workers import bulk_embedding, dask_library
from pullquote_index.workers.bulk_embedding import BATCH, BulkEmbedder
from pullquote_index.workers.dask_library import local_workers, remote_workers
from pullquote_index.workers.sent_encoder import encoder_files, loaded_encoder, receive_encoder
from pullquote_index.workers.worker_check import check_workers
from pullquote_index.workers.worker_identity import this_identity
from support.archives import HARBOUR, NOON, ORCHARD, UNDATED, settings_for, write_jsonl

OLD_WORKER = """
import sys
sys.path[:0] = [sys.argv[1]]
import distributed

with distributed.LocalCluster(
    n_workers=1, processes=False, protocol="tcp", dashboard_address="127.0.0.1:0"
) as cluster:
    print(cluster.scheduler_address, flush=True)
    sys.stdin.read()
"""


def inputs(count: int) -> list[EmbeddingInput]:
    """Short texts, each of one sentence."""
    texts = [f"The ferry number {number} left the harbour at dawn." for number in range(count)]
    return [EmbeddingInput(text, (Span(0, len(text)),), text.encode()) for text in texts]


@pytest.fixture(scope="module")
def encoder(encoders: Path) -> Path:
    (folder,) = encoders.iterdir()
    return folder


@contextlib.contextmanager
def scheduler(workers: int) -> Iterator[str]:
    """The address of a scheduler with workers in this process."""
    with distributed.LocalCluster(
        n_workers=workers,
        processes=False,
        protocol="tcp",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
    ) as cluster:
        yield cluster.scheduler_address


def test_a_worker_that_is_killed_loses_nothing(encoder: Path) -> None:
    wanted = inputs(10 * BATCH + 3)
    alone = {
        item.content_hash: (vectors.whole.tobytes(), vectors.sentences.tobytes())
        for item, vectors in embed(OnnxEncoder(encoder), wanted, 1)
    }
    with local_workers(2) as workers:
        embedder = BulkEmbedder(workers, read_encoder_card(encoder).hash, encoder_files(encoder))
        found: list[tuple[bytes, tuple[bytes, bytes]]] = []
        for item, vectors in embedder.embed(wanted):
            if not found:
                os.kill(min(workers.call_all(os.getpid).values()), signal.SIGKILL)
            content = vectors.whole.tobytes(), vectors.sentences.tobytes()
            found.append((item.content_hash, content))
    assert len(found) == len(wanted)
    assert dict(found) == alone


def test_a_build_on_the_workers_of_a_scheduler_is_that_of_one_process_to_the_byte(
    tmp_path: Path, built: Path
) -> None:
    articles = write_jsonl(tmp_path / "articles.jsonl", HARBOUR, ORCHARD, UNDATED)
    settings = settings_for(built)
    files = []
    with scheduler(2) as address:
        for workers in (0, address):
            report = build(
                settings,
                [articles],
                strict=False,
                progress=SilentProgress(),
                now=lambda: NOON,
                full=True,
                workers=workers,
            )
            assert report.embedded == report.manifest.passages
            folder = BuiltFolder(built)
            files.append(
                {
                    name: entry
                    for name, entry in read_manifest(folder.folder_of(folder.live())).files.items()
                    if not name.startswith("lexical")  # tantivy names its files by chance
                }
            )
            shutil.rmtree(built / "generations")
            (built / "current").unlink()
    assert {"archive.sqlite", "passages.faiss", "sentences.npy"} <= set(files[0])
    assert files[0] == files[1]


def test_workers_that_would_embed_otherwise_are_refused(
    encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = this_identity()
    with scheduler(1) as address, remote_workers(address) as workers:
        embedder = BulkEmbedder(workers, read_encoder_card(encoder).hash, encoder_files(encoder))
        better = dataclasses.replace(here, features=here.features | {"avx1024"})
        monkeypatch.setattr(bulk_embedding, "this_identity", lambda: better)
        with pytest.raises(WorkersError, match="another processor: without avx1024"):
            next(embedder.embed(inputs(1)))
        newer = dataclasses.replace(here, versions=(("pullquote", "9.9"), *here.versions[1:]))
        monkeypatch.setattr(bulk_embedding, "this_identity", lambda: newer)
        with pytest.raises(WorkersError, match=r"has pullquote [\d.]+, this process 9\.9"):
            next(embedder.embed(inputs(1)))


def test_workers_without_pullquote_or_of_another_version_are_refused(tmp_path: Path) -> None:
    for installed in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if "pullquote" not in installed.name and installed.suffix != ".pth":
            (tmp_path / installed.name).symlink_to(installed)
    metadata = tmp_path / "pullquote-0.0.1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: pullquote\nVersion: 0.0.1\n")
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", OLD_WORKER, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with pytest.raises(WorkersError, match=r"the scheduler has pullquote 0\.0\.1"):
            check(address)
        shutil.rmtree(metadata)
        with pytest.raises(WorkersError, match=r"has no pullquote.*pip install"):
            check(address)
        process.communicate("")


def test_a_scheduler_that_is_not_there_or_has_no_workers_is_one_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dask_library, "_CONNECT_SECONDS", 0.3)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        nobody = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(WorkersError, match=f"^{nobody}: cannot be reached .*dask scheduler"):
        check(nobody)
    no_workers = pytest.raises(WorkersError, match=r"has no workers.*dask worker tcp://")
    with scheduler(0) as address, no_workers:
        check(address)


def test_a_scheduler_that_is_not_there_is_noticed_before_a_build_that_may_not_need_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_library, "_CONNECT_SECONDS", 0.3)
    articles = write_jsonl(tmp_path / "articles.jsonl", HARBOUR)
    with pytest.raises(WorkersError, match=r"^tcp://127.0.0.1:1: cannot be reached"):
        build(
            settings_for(tmp_path / "built"),
            [articles],
            strict=False,
            progress=SilentProgress(),
            now=lambda: NOON,
            workers="tcp://127.0.0.1:1",
        )
    assert not (tmp_path / "built").exists()


def test_workers_may_be_named_in_the_settings(tmp_path: Path) -> None:
    assert load_settings({}).encoder.chosen_workers == 0
    assert load_settings({"PULLQUOTE_ENCODER_WORKERS": "4"}).encoder.chosen_workers == 4
    (tmp_path / "mine.toml").write_text('[encoder]\nworkers = "tls://10.0.0.5:8786"\n')
    settings = load_settings({}, tmp_path / "mine.toml")
    assert settings.encoder.chosen_workers == "tls://10.0.0.5:8786"
    for wrong in ("0", "513", "10.0.0.5:8786", "four"):
        with pytest.raises(SettingsError, match=r"encoder\.workers.*Dask scheduler"):
            load_settings({"PULLQUOTE_ENCODER_WORKERS": wrong})


def check(address: str) -> None:
    with remote_workers(address) as workers:
        check_workers(workers)


def test_an_encoder_that_was_changed_on_its_way_is_not_used(encoder: Path) -> None:
    files = encoder_files(encoder)
    name = "tokenizer.json"
    receive_encoder("changed", files | {name: files[name] + b" "})
    with pytest.raises(WorkersError, match="has not arrived as it was sent"):
        loaded_encoder("changed")


def test_workers_are_a_number_or_the_address_of_a_scheduler() -> None:
    assert option_types.workers("4") == 4
    assert option_types.workers("tcp://10.0.0.5:8786") == "tcp://10.0.0.5:8786"
    assert option_types.workers("tls://[::1]:8786") == "tls://[::1]:8786"
    for text in ("0", "-1", "10.0.0.5:8786", "http://h:80", "inproc://1:2", "tcp://u:p@h:1", ""):
        with pytest.raises(argparse.ArgumentTypeError):
            option_types.workers(text)


def test_vectors_do_not_depend_on_the_number_of_threads_of_the_linear_algebra(
    encoder: Path,
) -> None:
    sentences = [f"Boat {number} brought {number * 37} crates of fish." for number in range(40)]
    ends = [len(" ".join(sentences[: number + 1])) for number in range(40)]
    spans = [Span(end - len(one), end) for one, end in zip(sentences, ends, strict=True)]
    loaded = OnnxEncoder(encoder)
    found = []
    for threads in (1, 2):
        with threadpoolctl.threadpool_limits(threads):
            (passage,) = loaded.encode_passages([" ".join(sentences)], [spans])
        found.append(passage.whole.tobytes() + passage.sentences.tobytes())
    assert found[0] == found[1]
