"""Call every tool of `pullquote mcp` by the command line of MCP's inspector.

    python benchmarks/mcp_inspector.py [--index DIR]

Needs the command `mcp-inspector` (make test-mcp installs it beside the project). The inspector is
a client of the protocol's TypeScript package: it refuses messages that break the protocol's
schema, and results that break the schema that their tool states. Each line says what was called,
over which transport; the exit status is 1 if a call failed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from served_seeds import COMMAND, index_of_seeds, served

_ROOT = Path(__file__).parents[1]
_SECONDS = 120
_QUESTION = "How many Pakistani soldiers were killed?"
_ARTICLE = "seeds/000_db31cce83be5bc05.txt"
_CALLS: dict[str, dict[str, Any]] = {
    "ask": {"question": _QUESTION, "since": "2025-10-01", "top": 3},
    "search": {"question": "border violence"},
    "verify_quote": {"text": "five Pakistani soldiers and 25 members of the Pakistani Taliban"},
    "said": {"speaker": "Khawaja Asif"},
    "read_article": {"article_id": _ARTICLE, "first": 1, "last": 2},
    "sources": {},
}


class CallFailed(Exception):
    """The inspector refused what the server sent, or did not reach it."""


def main() -> int:
    """Run the calls. Returns 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", type=Path, help="an index of seeds/")
    arguments = parser.parse_args()
    installed = _ROOT / ".inspector" / "node_modules" / ".bin" / "mcp-inspector"
    program = shutil.which("mcp-inspector") or str(installed)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        index = arguments.index or index_of_seeds(Path(folder))
        command = [*COMMAND, "mcp", "--index", str(index)]
        settings = Path(folder) / "inspector.json"
        server = {"command": command[0], "args": command[1:], "env": dict(os.environ)}
        settings.write_text(json.dumps({"mcpServers": {"archive": server}}), encoding="utf-8")
        failures += _tried(
            "stdio", [program, "--cli", "--config", str(settings), "--server", "archive"]
        )
        with served([*command, "--http"]) as address:
            failures += _tried("http", [program, "--cli", f"{address}/mcp", "--transport", "http"])
    return 1 if failures else 0


def _tried(transport: str, inspector: Sequence[str]) -> int:
    """Call every tool and read a resource over a transport; the number of failures."""
    failures = 0

    def call(what: str, *arguments: str) -> dict[str, Any]:
        nonlocal failures
        try:
            answered = _called([*inspector, "--method", *arguments])
        except CallFailed as error:
            failures += 1
            print(f"{transport}: {what}: FAILED: {error}")
            return {}
        print(f"{transport}: {what}: ok")
        return answered

    listed = {tool["name"]: tool for tool in call("tools/list", "tools/list").get("tools", ())}
    call("resources/templates/list", "resources/templates/list")
    if listed.keys() != _CALLS.keys():
        failures += 1
        print(f"{transport}: FAILED: the tools are {sorted(listed)}")
    answers: dict[str, Any] = {}
    for name, values in _CALLS.items():
        given = [f"{key}={value}" for key, value in values.items()]
        arguments = ["--tool-name", name, *(["--tool-arg", *given] if given else [])]
        answers[name] = call(f"tools/call {name}", "tools/call", *arguments)
        if "outputSchema" not in listed.get(name, {}) or "structuredContent" not in answers[name]:
            failures += 1
            print(f"{transport}: {name}: FAILED: no schema of its results, or none of its own")
    quotes = answers["ask"].get("structuredContent", {}).get("quotes", ())
    for quote in quotes[:1]:
        read = call("resources/read", "resources/read", "--uri", quote["permalink"])
        if [content["text"] for content in read.get("contents", ())] != [quote["text"]]:
            failures += 1
            print(f"{transport}: FAILED: the permalink of a quote has other words")
    return failures if quotes else failures + 1


def _called(command: Sequence[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    if done.returncode:
        raise CallFailed(" ".join(done.stderr.split()))
    answered: dict[str, Any] = json.loads(done.stdout)
    if answered.get("isError"):
        raise CallFailed(json.dumps(answered["content"]))
    return answered


if __name__ == "__main__":
    raise SystemExit(main())
