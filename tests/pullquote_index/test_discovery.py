"""What names and folders of files say: dates, drafts, files that are no articles."""

import datetime as dt
from pathlib import Path

import pytest

from pullquote.errors import RequestError
from pullquote_index.readers.discovery import counted_endings, discover, named_endings
from pullquote_index.readers.named_dates import date_in_path
from support.archives import build_into
from support.reading import articles_in, only_article, read_file, write

DAY = dt.date(2024, 5, 2)
BODY = "---\ntitle: New pool opens\n---\nThe pool opened on Tuesday.\n"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("_posts/2024-05-02-x.md", DAY),
        ("2024-05-02.md", DAY),
        ("2024_05_02 x.md", DAY),
        ("20240502-x.md", DAY),
        ("2024/05/02/x.md", DAY),
        ("posts/2024/5/2/index.md", DAY),
        ("2024/05/02-x.md", DAY),
        ("2024-05-02-x/index.md", DAY),
        ("2020-01-01/2024-05-02-x.md", DAY),
        ("2024-13-02-x.md", None),
        ("2024-05-02x/2024-02-30-x.md", DAY),
        ("1024-05-02-x.md", None),
        ("2024-0502-x.md", None),
        ("2024050212-x.md", None),
        ("2024/05/x.md", None),
        ("x-2024-05-02.md", None),
        ("x.md", None),
        ("", None),
    ],
)
def test_the_date_in_a_path(path: str, day: dt.date | None) -> None:
    assert date_in_path(path) == day


def test_an_article_without_a_date_has_the_one_in_its_path(tmp_path: Path) -> None:
    for name in ("_posts/2024-05-02-a.md", "2024/05/02/b.md", "2024-05-02-c/index.md"):
        found = only_article(read_file(write(tmp_path, name, BODY), root=tmp_path))
        assert found.published == DAY, name
    dated = BODY.replace("title", "date: 2020-01-01\ntitle")
    found = only_article(read_file(write(tmp_path, "2024-05-02-d.md", dated)))
    assert found.published == dt.date(2020, 1, 1), "the article's own date comes first"
    records = write(tmp_path, "2024-05-02-e.jsonl", '{"text": "A."}\n')
    assert only_article(read_file(records)).published is None, "a file of records has no one date"


def test_drafts_are_read_only_where_their_folder_itself_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "blog/_drafts/a.md", BODY)
    assert not articles_in(read_file(path, root=tmp_path / "blog"))
    assert articles_in(read_file(path, root=tmp_path / "blog" / "_drafts"))


def test_files_about_the_folder_and_of_generators_are_no_articles_unless_named(
    tmp_path: Path,
) -> None:
    names = (
        "README.md", "sub/readme.md", "LICENSE.txt", "CONTRIBUTING.md", "CODE-OF-CONDUCT.md",
        "package.json", "tsconfig.json",
    )  # fmt: skip
    for name in (*names, "node_modules/a/a.md", "_site/a.md", "_layouts/b.md"):
        write(tmp_path, f"blog/{name}", BODY)
    for name in ("post.md", "license.md", "security.md", "data.json"):
        write(tmp_path, f"blog/{name}", BODY)
    found = discover([tmp_path / "blog"], tmp_path)
    assert [file.name for file in found.files] == [
        "blog/data.json", "blog/license.md", "blog/post.md", "blog/security.md",
    ]  # fmt: skip
    assert found.others == tuple(sorted(f"blog/{name}" for name in names))
    named = discover([tmp_path / "blog" / "README.md"], tmp_path)
    assert [file.name for file in named.files] == ["blog/README.md"]


def test_the_templates_of_a_site_are_no_articles_and_other_folders_of_that_name_are(
    tmp_path: Path,
) -> None:
    for name in ("site/templates/a.html", "site/content/a.md", "pages/templates/a.md"):
        write(tmp_path, name, BODY)
    write(tmp_path, "site/config.toml", "title = 'The Quay'\n")
    found = [
        file.path.relative_to(tmp_path).as_posix()
        for file in discover([tmp_path], tmp_path / "x").files
    ]
    assert found == ["pages/templates/a.md", "site/content/a.md"]


def test_other_files_are_counted_by_their_endings() -> None:
    names = ["a.heic", "b.HEIC", "c.psd", "x/README.md", "Makefile", "d.tar.gz", "e.f.heic"]
    assert counted_endings(names) == {
        ".heic": 3, "": 1, ".psd": 1, ".tar.gz": 1, "README.md": 1,
    }  # fmt: skip
    assert named_endings(names[:5]) == "2 .heic, 1 without an ending, 1 .psd, 1 README.md"
    assert named_endings([f"a.x{n}" for n in range(20)]).endswith(", 12 others")


def test_a_folder_with_nothing_to_read_names_what_it_holds(tmp_path: Path) -> None:
    for name in ("a.heic", "b.heic", "c.psd"):
        write(tmp_path, f"photos/{name}", "x")
    with pytest.raises(RequestError, match=r"holds no articles, but 2 \.heic, 1 \.psd\."):
        build_into(tmp_path / "built", [tmp_path / "photos"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(RequestError, match=r"empty: holds no articles\."):
        build_into(tmp_path / "built", [tmp_path / "empty"])


def test_a_folder_of_drafts_alone_says_so(tmp_path: Path, built: Path) -> None:
    write(tmp_path, "blog/_drafts/a.md", BODY)
    with pytest.raises(RequestError, match=r"no article can be read \(.*is not published"):
        build_into(built, [tmp_path / "blog"])


def test_an_index_among_the_articles_is_left_out_by_whatever_links_either_is_named(
    tmp_path: Path,
) -> None:
    write(tmp_path, "news/a.md", BODY)
    write(tmp_path, "news/ix/generations/1/b.json", "{}")
    (tmp_path / "to_news").symlink_to("news")
    (tmp_path / "to_ix").symlink_to("news/ix")
    for news in (tmp_path / "news", tmp_path / "to_news"):
        for index in ("news/ix", "to_news/ix", "to_ix", "news/../to_news/ix"):
            found = discover([news], tmp_path / index)
            assert [file.name for file in found.files] == ["news/a.md"], (news, index)
    with pytest.raises(RequestError, match="is the folder of the articles"):
        build_into(tmp_path / "to_news", [tmp_path / "news"])
