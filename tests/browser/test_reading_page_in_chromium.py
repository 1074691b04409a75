"""The reading page in a browser. make test-browser"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.articles import ArticleId
from pullquote.corpus.spans import Span
from pullquote.settings import load_settings
from pullquote_bot.serving.permalinks import permalink
from support.archives import build_into, link_tree, settings_for, write_jsonl
from support.ferry_stories import ABOARD, STORIES
from support.http_door import HttpDoor, archives_door, http_door

HERE = Path(__file__).parent
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
READY = CHROMIUM and shutil.which("node") and (HERE / "node_modules").is_dir()
LIMITS = {"DISCORD_USER_QUESTIONS": "10000", "DISCORD_USER_LOOKUPS": "10000"}
pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        not READY, reason="needs Chromium, Node.js and: npm ci --prefix tests/browser"
    ),
]


def driven(script: str, door: HttpDoor, **values: str) -> list[str]:
    """Run a script of this folder; the names of its checks, none of which may find a problem."""
    done = subprocess.run(
        ["node", str(HERE / script)],
        capture_output=True,
        text=True,
        check=False,
        timeout=800,
        env={
            **os.environ,
            **values,
            "BASE": f"http://127.0.0.1:{door.port}",
            "CHROMIUM": str(CHROMIUM),
        },
    )
    checks = [json.loads(line) for line in done.stdout.splitlines()]
    assert [check for check in checks if check["problems"]] == []
    assert done.returncode == 0, done.stderr
    return [check["check"] for check in checks]


def test_each_page_is_accessible_narrow_and_wide_light_and_dark_by_keyboard_without_javascript(
    town_built: Path,
) -> None:
    with http_door(town_built, **LIMITS) as door:
        assert len(driven("reading_page.mjs", door)) > 40


def test_so_are_the_pages_of_several_archives_of_versions_and_of_what_differs(
    tmp_path: Path, town_built: Path, stories_built: Path
) -> None:
    link_tree(town_built, tmp_path / "town")
    built = link_tree(stories_built, tmp_path / "stories")
    then = OpenIndex(settings_for(built))
    row = then.store.article_row(ArticleId("v1"))
    assert row is not None
    article, span = then.store.article(row), Span(0, len(ABOARD.format(27)))
    changed = permalink("/in/stories", then.generation, article.id, span, article.sha256)
    stories = [
        {**story, "text": f"{story['text']}\n\nNobody was hurt."} if story["id"] == "v1" else story
        for story in STORIES
    ]
    build_into(built, [write_jsonl(tmp_path / "news.jsonl", *stories)])
    file = tmp_path / "pullquote.toml"
    file.write_text(
        f'[archives.town]\nindex = "{tmp_path}/town"\ntitle = "The town"\n'
        f'[archives.stories]\nindex = "{built}"\ntitle = "Ferry news"\n'
    )
    names = {f"PULLQUOTE_{name}": value for name, value in LIMITS.items()}
    values = {"CHANGED": changed, "QUESTION": "How many people were on board the ferry?"}
    with archives_door(load_settings({**names, "PULLQUOTE_CONFIG": str(file)})) as door:
        assert len(driven("several_archives.mjs", door, **values)) > 30
