"""The reading page in a browser. make test-browser"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from support.http_door import http_door

HERE = Path(__file__).parent
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
READY = CHROMIUM and shutil.which("node") and (HERE / "node_modules").is_dir()


@pytest.mark.timeout(900)
@pytest.mark.skipif(not READY, reason="needs Chromium, Node.js and: npm ci --prefix tests/browser")
def test_each_page_is_accessible_narrow_and_wide_light_and_dark_by_keyboard_without_javascript(
    town_built: Path,
) -> None:
    limits = {"DISCORD_USER_QUESTIONS": "10000", "DISCORD_USER_LOOKUPS": "10000"}
    with http_door(town_built, **limits) as door:
        done = subprocess.run(
            ["node", str(HERE / "reading_page.mjs")],
            capture_output=True,
            text=True,
            check=False,
            timeout=800,
            env={
                **os.environ,
                "BASE": f"http://127.0.0.1:{door.port}",
                "CHROMIUM": str(CHROMIUM),
            },
        )
    checks = [json.loads(line) for line in done.stdout.splitlines()]
    assert [check for check in checks if check["problems"]] == []
    assert done.returncode == 0, done.stderr
    assert len(checks) > 40
