"""What a build and a dry run say about the articles that they read."""

import zipfile
from pathlib import Path

from pullquote_index.build_report import BuildReport
from pullquote_index.dry_run import DryRun, dry_run
from pullquote_index.progress import SilentProgress
from pullquote_index.readers.problems import Problem, ProblemKind
from pullquote_index.steps.kind_counts import KindCounts, by_kind
from support.archives import HARBOUR, build_into, settings_for, write_jsonl
from support.reading import write

POST = "---\ntitle: New pool opens\ndate: 2024-05-02\n---\nThe pool opened on Tuesday.\n"


def archive(folder: Path) -> Path:
    """A folder of a few files of each kind."""
    write(folder, "news/a.md", POST)
    write(folder, "news/b.md", "The mill stands still.\n")
    write(folder, "news/c.md", POST.replace("title", "draft: true\ntitle"))
    write(folder, "news/_index.md", "---\ntitle: All posts\n---\n")
    write(folder, "news/d.txt", "Café\n\nThe café opens at nine.\n".encode("latin-1"))
    write(folder, "news/e.csv", "text,title\nOne.,A\nTwo.,\n")
    write(folder, "news/photo.heic", "x")
    write_jsonl(folder / "news" / "f.jsonl", HARBOUR, {"id": "x"}, {**HARBOUR, "text": "Again."})
    return folder / "news"


KINDS = (
    KindCounts(".csv", 2, 1, 0, 0, 0, (("", 2),)),
    KindCounts(".md", 2, 1, 1, 0, 0, (("", 2),)),
    KindCounts(".jsonl", 1, 1, 1, 1, 1, (("en", 1),)),
    KindCounts(".txt", 1, 1, 0, 0, 0, (("", 1),)),
)


def check(result: BuildReport | DryRun) -> None:
    assert result.kinds == KINDS
    assert result.others == ("news/photo.heic",)
    assert {(problem.where, problem.kind) for problem in result.left_out} == {
        ("news/c.md", ProblemKind.DRAFT),
        ("news/_index.md", ProblemKind.NO_TEXT),
    }
    kinds = [(problem.where, problem.skipped, problem.kind) for problem in result.problems]
    assert kinds == [
        ("news/d.txt", False, ProblemKind.NOTE),
        ("news/f.jsonl:2", True, ProblemKind.PROBLEM),
        ("news/f.jsonl:3", True, ProblemKind.PROBLEM),
    ]


def test_a_build_counts_what_it_read_by_kind_and_field(tmp_path: Path, built: Path) -> None:
    folder = archive(tmp_path)
    check(build_into(built, [folder]))
    again = build_into(built, [folder])
    assert again.read <= 1, "f.jsonl is read again: one of its ids is taken"
    check(again)


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    folder, built = archive(tmp_path), tmp_path / "built"
    result = dry_run(settings_for(built), [folder], SilentProgress(), 2)
    check(result)
    assert [article.path for article in result.first] == ["news/a.md", "news/b.md"]
    assert (result.articles, result.files) == (6, 7)
    assert not built.exists()


def test_a_draft_does_not_stop_a_strict_build(tmp_path: Path, built: Path) -> None:
    write(tmp_path, "news/a.md", POST)
    write(tmp_path, "news/b.md", POST.replace("title", "draft: true\ntitle"))
    assert build_into(built, [tmp_path / "news"], strict=True).manifest.articles == 1


def test_pictures_in_an_archive_do_not_stop_a_strict_build(tmp_path: Path, built: Path) -> None:
    (tmp_path / "news").mkdir()
    with zipfile.ZipFile(tmp_path / "news" / "blog.zip", "w") as package:
        package.writestr("a.md", POST)
        package.writestr("b.png", b"x")
    report = build_into(built, [tmp_path / "news"], strict=True)
    assert report.manifest.articles == 1
    assert [str(problem) for problem in report.problems] == [
        "news/blog.zip: holds a file of another kind (1 .png)"
    ]


def test_counts_of_a_kind_are_summed_and_the_largest_kind_comes_first() -> None:
    one, two = KindCounts(".md", 1, 1, 0, 1, 0), KindCounts(".txt", 3, 1, 1, 1, 1)
    assert by_kind([one, two, one]) == (two, KindCounts(".md", 2, 2, 0, 2, 0))


def test_a_problem_says_what_became_of_the_article() -> None:
    assert str(Problem("a", "is bad")) == "a: is bad; skipped"
    assert str(Problem("a", "is bad", skipped=False)) == "a: is bad; read without it"
    assert str(Problem("a", "is odd", skipped=False, kind=ProblemKind.NOTE)) == "a: is odd"
    assert str(Problem("a", "is a draft", kind=ProblemKind.DRAFT)) == "a: is a draft; left out"
