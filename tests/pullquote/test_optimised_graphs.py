"""The cache of optimised graphs: it saves time, changes no answer and cannot do harm."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from pullquote import cache_folder
from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.hashing import file_sha256
from pullquote.corpus.spans import Span
from pullquote.errors import ArchiveDamaged
from pullquote.models import optimised_graphs, transformer
from pullquote.models.cards import PACKAGED_RERANKER, read_reranker_card
from pullquote.models.optimised_graphs import GraphKey, find_graph, store_graph
from pullquote.models.reranker import OnnxReranker, SpansOfText, prepare_reranker
from pullquote.models.transformer import MODEL_FILE, Output, Transformer
from pullquote.packaged_rerankers import NONE, SPANS_RERANKER
from support.archives import settings_for

TEXTS = (
    "Who?",
    "The cables of the bridge cost 14 million euros.",
    "“It will outlast us all,” said Ana Ortiz, the engineer – 42 years after the first plan.",
    "Ĉu vi parolas Esperanton? 你好，世界。",
    "word " * 100,
    "The report on the harbour was published on Tuesday. " * 80,
)
_TEXT = "The cables cost 14 million euros."
PAIR = ("What did the cables cost?", [SpansOfText("Harbour", _TEXT, [Span(0, len(_TEXT))])])


def logits_of_pair() -> list[float | None]:
    """The logits of the pair, by the packaged reranker, which is opened anew."""
    (scores,) = OnnxReranker(PACKAGED_RERANKER).score(*PAIR)
    return [score and score.logit for score in scores]


NAMES = {"model.onnx", "weights.bin", "checksums"}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder in an empty cache folder; the program makes it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "pullquote"


def no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the cache where no folder can be made."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))


def only_copies_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every opening of a model fail that does not use an optimised copy."""

    def refuse(*_: object) -> None:
        raise AssertionError("the model was optimised anew")

    monkeypatch.setattr(transformer, "_open_unoptimised", refuse)


def copies(cache: Path) -> list[Path]:
    return sorted(folder for folder in cache.iterdir() if folder.is_dir())


def outputs(folder: Path) -> list[Output]:
    model = Transformer(folder, 256)
    return [
        *(model.run(model.encode(text)) for text in TEXTS),
        *(model.run(model.encode(TEXTS[0], text)) for text in TEXTS),
    ]


def test_the_first_opening_writes_a_copy_and_the_second_uses_it(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = logits_of_pair()
    (copy,) = copies(cache)
    assert {file.name for file in copy.iterdir()} == NAMES
    assert cache.stat().st_mode & 0o777 == 0o700
    written = {file: file.stat().st_mtime_ns for file in copy.iterdir()}
    only_copies_open(monkeypatch)
    assert logits_of_pair() == first
    assert {file: file.stat().st_mtime_ns for file in copy.iterdir()} == written


def test_a_copy_gives_the_same_outputs_bit_for_bit(
    cache: Path, encoders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (encoder,) = encoders.iterdir()
    folders = (encoder, PACKAGED_RERANKER)
    for folder in folders:
        outputs(folder)
    assert len(copies(cache)) == 2
    with monkeypatch.context() as patch:
        only_copies_open(patch)
        by_copy = [outputs(folder) for folder in folders]
    no_cache(tmp_path, monkeypatch)
    plain = [outputs(folder) for folder in folders]
    for copied, exported in zip(by_copy, plain, strict=True):
        for ours, theirs in zip(copied, exported, strict=True):
            assert np.array_equal(ours, theirs), np.abs(ours - theirs).max()


@pytest.mark.parametrize("name", sorted(NAMES))
@pytest.mark.parametrize("damage", ["altered", "cut short", "missing"])
def test_a_damaged_copy_is_ignored_and_made_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch, name: str, damage: str
) -> None:
    expected = logits_of_pair()
    (copy,) = copies(cache)
    file, data = copy / name, (copy / name).read_bytes()
    middle = len(data) // 2
    if damage == "missing":
        file.unlink()
    else:
        cut = 0 if damage == "cut short" else middle + 1
        file.write_bytes(data[:middle] + bytes([data[middle] ^ 1])[:cut] + data[middle + 1 :][:cut])
    assert find_graph(key_of_reranker()) is None
    assert logits_of_pair() == expected
    assert file.read_bytes() == data, "it was made again"
    assert copies(cache) == [copy]
    only_copies_open(monkeypatch)
    assert logits_of_pair() == expected


def write_graph(graph: Path, weights: str) -> None:
    """Stand in for ONNX Runtime where only the files matter."""
    graph.write_bytes(b"graph")
    graph.with_name(weights).write_bytes(b"weights")


def key_of_reranker() -> GraphKey:
    """The key of the packaged reranker's copy, as its folder's name in the cache confirms."""
    return GraphKey(
        model_sha256=read_reranker_card(PACKAGED_RERANKER).onnx_sha256,
        model_bytes=(PACKAGED_RERANKER / MODEL_FILE).stat().st_size,
        runtime=version("onnxruntime"),
        options=transformer._OPTIONS,
    )


def test_a_copy_with_good_checksums_that_cannot_be_opened_is_ignored(cache: Path) -> None:
    expected = logits_of_pair()
    (copy,) = copies(cache)
    (copy / "model.onnx").write_bytes(b"no graph")
    (copy / "checksums").write_text(optimised_graphs._checksums(copy), encoding="utf-8")
    assert find_graph(key_of_reranker())
    assert logits_of_pair() == expected


def test_another_version_processor_option_or_format_gets_a_copy_of_its_own(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    OnnxReranker(PACKAGED_RERANKER)
    assert [copy.name for copy in copies(cache)] == [key_of_reranker().folder_name]
    for number, (module, name, value) in enumerate(
        (
            (vars(transformer)["onnxruntime"], "__version__", "0.0.0"),
            (optimised_graphs, "processor", lambda: "another"),
            (transformer, "_OPTIONS", "other options"),
            (optimised_graphs, "_FORMAT", 0),
        ),
        start=2,
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)
            OnnxReranker(PACKAGED_RERANKER)
        assert len(copies(cache)) == number, name


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_cache(tmp_path, monkeypatch)
    assert logits_of_pair()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_user_without_a_home_folder_gets_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cache_folder, "user_cache_path", lambda name: Path("~", ".cache", name))
    assert logits_of_pair()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_others_can_write_to_is_not_used(cache: Path) -> None:
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    assert logits_of_pair()
    assert copies(cache) == []


def test_copies_of_another_user_are_not_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    OnnxReranker(PACKAGED_RERANKER)
    (copy,) = copies(cache)
    assert find_graph(key_of_reranker())
    links = cache / "linked"
    copy.rename(links)
    copy.symlink_to(links)
    assert find_graph(key_of_reranker()) is None, "a link may lead to another's files"
    copy.unlink()
    links.rename(copy)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert find_graph(key_of_reranker()) is None
    assert logits_of_pair()


def test_a_disk_that_is_full_leaves_nothing_behind(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(_: Path, graph: Path, weights: str) -> None:
        graph.with_name(weights).write_bytes(b"half")
        raise OSError("no space left on device")

    monkeypatch.setattr(transformer, "_save_optimised", half)
    assert logits_of_pair()
    assert copies(cache) == []


def test_a_model_that_is_not_what_its_card_says_gets_no_copy(cache: Path, tmp_path: Path) -> None:
    """Else its copy would be used for the model whose hash the card gives."""
    model = tmp_path / MODEL_FILE
    model.write_bytes(b"another model")
    key = GraphKey("0" * 64, model.stat().st_size, "1", "")
    assert store_graph(key, model, write_graph) is None
    assert copies(cache) == []


def test_a_model_file_that_is_cut_short_or_gone_is_an_error_though_there_is_a_copy(
    cache: Path, tmp_path: Path
) -> None:
    OnnxReranker(PACKAGED_RERANKER)
    folder = tmp_path / "reranker"
    folder.mkdir()
    for file in PACKAGED_RERANKER.iterdir():
        (folder / file.name).write_bytes(
            file.read_bytes()[: 1000 if file.suffix == ".onnx" else None]
        )
    with pytest.raises(ArchiveDamaged):
        OnnxReranker(folder)
    (folder / MODEL_FILE).unlink()
    with pytest.raises(ArchiveDamaged):
        OnnxReranker(folder)
    assert len(copies(cache)) == 1


def test_the_copies_that_were_not_used_for_longest_are_deleted(cache: Path, tmp_path: Path) -> None:
    model = tmp_path / MODEL_FILE
    model.write_bytes(b"a model")
    keys = [GraphKey(file_sha256(model), 7, str(number), "") for number in range(9)]
    for age, key in enumerate(keys[:-1]):
        assert store_graph(key, model, write_graph)
        os.utime(cache / key.folder_name, (age, age))
    abandoned, under_way = cache / ".new-killed", cache / ".new-running"
    for folder in (abandoned, under_way):
        folder.mkdir()
    os.utime(abandoned, (0, 0))
    left = {key.folder_name for key in keys if find_graph(key)}
    assert len(left) == 6
    assert find_graph(keys[2]), "this is a use"
    assert store_graph(keys[-1], model, write_graph)
    assert find_graph(keys[2])
    assert len(list(cache.glob("graph-*"))) == 6
    assert not abandoned.exists()
    assert under_way.exists()


def test_processes_that_open_a_model_at_once_do_not_disturb_each_other(cache: Path) -> None:
    program = (
        "from pullquote.corpus.spans import Span\n"
        "from pullquote.models.reranker import OnnxReranker, SpansOfText\n"
        "from pullquote.models.cards import PACKAGED_RERANKER\n"
        f"(scores,) = OnnxReranker(PACKAGED_RERANKER).score(*{PAIR!r})\n"
        "print([score.logit for score in scores])"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    results = {process.communicate() for process in running}
    assert results == {(f"{logits_of_pair()}\n", "")}
    assert len(copies(cache)) == 1


def test_a_build_writes_the_copy_of_the_reranker_ahead(cache: Path, tmp_path: Path) -> None:
    prepare_reranker(NONE, tmp_path)
    prepare_reranker("not exported", tmp_path)
    assert not cache.exists()
    prepare_reranker(SPANS_RERANKER, tmp_path)
    assert [copy.name for copy in copies(cache)] == [key_of_reranker().folder_name]


def test_opening_an_index_writes_nothing_into_its_folder(cache: Path, town_built: Path) -> None:
    def state() -> dict[Path, tuple[int, int]]:
        return {
            path: (path.stat().st_mtime_ns, path.stat().st_size) for path in town_built.rglob("*")
        }

    before = state()
    OpenIndex(settings_for(town_built)).close()
    assert len(copies(cache)) == 2
    assert state() == before


def test_too_little_memory_is_not_called_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def allocate(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(transformer, "_open_tokenizer", allocate)
    with pytest.raises(MemoryError):
        Transformer(PACKAGED_RERANKER, 256)
