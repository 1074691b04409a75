"""`pullquote article`: an article of the index, or exactly the text that quotes index."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from pullquote.storage.manifest import STORE_FILE
from support.archives import HARBOUR, SEEDS, write_jsonl
from support.command_line import Command, run


class TestAnArticleIsShown:
    def test_raw_as_exactly_the_text_that_quotes_index(
        self, command: Command, encoders: Path, tmp_path: Path
    ) -> None:
        folder, built = tmp_path / "news", tmp_path / "built"
        folder.mkdir()
        text = "Fog 🌫 closed the\u00a0port.\r\n\r\nThe ferry to So\u00adrell stayed \x1b[31mhere.\t"
        (folder / "fog.txt").write_bytes(text.encode())
        write_jsonl(folder / "a.jsonl", {"id": "a", "text": text})
        shutil.copytree(encoders, built / "encoders")
        assert run(command, "index", str(folder), "--index", str(built)).returncode == 0
        answer = json.loads(
            run(
                command,
                *("ask", "Where did the ferry stay?", "--format", "json", "--index", str(built)),
            ).stdout
        )
        quotes = [*answer["quotes"], *answer["nearest"]]
        assert quotes
        for article_id in ("news/fog.txt", "a"):
            raw = raw_article(command, article_id, built)
            assert raw == text.encode()
        for quote in quotes:
            raw = raw_article(command, quote["article_id"], built)
            assert raw.decode()[quote["start"] : quote["end"]] == quote["text"]
            assert hashlib.sha256(raw).hexdigest() == quote["article_sha256"]

    def test_as_text_that_controls_no_terminal(
        self, command: Command, encoders: Path, tmp_path: Path
    ) -> None:
        built = tmp_path / "built"
        (tmp_path / "news").mkdir()
        articles = write_jsonl(
            tmp_path / "news" / "a.jsonl",
            {**HARBOUR, "title": "T\x1b[2J", "text": "One.\n\nTwo \x1b[31mred.", "source": "S\nx"},
        )
        shutil.copytree(encoders, built / "encoders")
        assert run(command, "index", str(articles), "--index", str(built)).returncode == 0
        done = run(command, "article", "harbour", "--index", str(built))
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(
            "T␛[2J\nS x · Local · 5 March 2024 · Ana Ortiz\nhttps://example.org/harbour\n"
            "news/a.jsonl, line 1\nid harbour\nSHA-256 "
        )
        assert done.stdout.endswith("\n\n  1   One.\n\n  2   Two ␛[31mred.\n")

    def test_as_json_with_its_text_and_the_span_of_its_prose(
        self, command: Command, seeds_built: Path
    ) -> None:
        (page,) = SEEDS.iterdir()
        done = run(
            command,
            *("article", f"seeds/{page.name}", "--format", "json", "--index", str(seeds_built)),
        )
        fields = json.loads(done.stdout)
        assert fields["text"].encode() == page.read_bytes()
        assert fields["text_sha256"] == hashlib.sha256(page.read_bytes()).hexdigest()
        start, end = fields["prose"]
        assert 0 < start < end <= len(fields["text"])
        assert (fields["id"], fields["line"]) == (f"seeds/{page.name}", None)
        assert (fields["published"], fields["source_state"]) == ("2025-10-30", "same")

    def test_with_a_notice_if_its_source_has_changed_or_is_elsewhere(
        self, command: Command, encoders: Path, tmp_path: Path
    ) -> None:
        folder, built = tmp_path / "news", tmp_path / "built"
        folder.mkdir()
        (folder / "fog.txt").write_text("Fog closed the port.")
        shutil.copytree(encoders, built / "encoders")
        assert run(command, "index", str(folder), "--index", str(built)).returncode == 0
        words = ("article", "news/fog.txt", "--raw", "--index", str(built))

        (folder / "fog.txt").write_text("The port is open.")
        changed = run(command, *words)
        assert (changed.returncode, changed.stdout) == (0, "Fog closed the port.")
        assert changed.stderr.startswith("notice: news/fog.txt changed since the index was built (")
        assert changed.stderr.endswith("This is the article as it was then. Run: pullquote index\n")
        shutil.rmtree(folder)
        elsewhere = run(command, *words)
        assert (elsewhere.returncode, elsewhere.stdout) == (0, "Fog closed the port.")
        assert elsewhere.stderr == (
            "notice: news/fog.txt is not on this machine. This is the copy in the index.\n"
        )
        state = json.loads(run(command, *words[:2], *words[3:], "--format", "json").stdout)
        assert state["source_state"] == "elsewhere"

    def test_but_not_if_the_index_holds_another_text_than_it_recorded(
        self, command: Command, town_built: Path, tmp_path: Path
    ) -> None:
        built = tmp_path / "built"
        shutil.copytree(town_built, built)
        (store,) = built.glob(f"generations/*/{STORE_FILE}")
        data = store.read_bytes()
        assert b"14 million euros" in data
        store.write_bytes(data.replace(b"14 million euros", b"41 million euros"))
        done = run(command, "article", "harbour", "--raw", "--index", str(built))
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{STORE_FILE}: is not the file that was built" in done.stderr


def raw_article(command: Command, article_id: str, built: Path) -> bytes:
    words = [*command, "article", article_id, "--raw", "--index", str(built)]
    return subprocess.run(words, capture_output=True, check=True, timeout=60).stdout
