"""What ships beside the code: the default settings, the article in seeds/, systemd units."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import pullquote
import pullquote_bot
import pullquote_index
from pullquote.corpus.hashing import sha256_of
from pullquote.settings import Settings, load_settings
from support.archives import ROOT


def test_every_key_of_the_default_settings_is_known_and_explained() -> None:
    text = (ROOT / "config" / "default.toml").read_text(encoding="utf-8")
    keys = {(table, key) for table, values in tomllib.loads(text).items() for key in values}
    assert keys == {
        (table, key)
        for table in Settings.model_fields
        for key in type(getattr(load_settings({}), table)).model_fields
    }
    for _, key in keys:
        assert re.search(rf"^{key} = .*  # \S", text, re.MULTILINE), f"{key} has no comment"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_accepts_the_units() -> None:
    units = sorted(file for file in (ROOT / "config" / "systemd").rglob("*.*") if file.is_file())
    assert len(units) == 7
    done = subprocess.run(
        ["systemd-analyze", "verify", *units],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_seeds_are_as_they_were_published() -> None:
    (page,) = (ROOT / "seeds").iterdir()
    assert page.name == "000_db31cce83be5bc05.txt"
    assert (
        sha256_of(page.read_bytes())
        == "67f334e5ec816d2c666934e80ff367f9b3bb214461b8263e2a2cf3775f26afd5"
    )


@pytest.mark.skipif("TESTED_WHEEL" not in os.environ, reason="only where the wheel is tested")
def test_the_suite_runs_on_the_wheel() -> None:
    wheel = (ROOT / os.environ["TESTED_WHEEL"]).resolve()
    for package in (pullquote, pullquote_index, pullquote_bot):
        assert Path(str(package.__file__)).resolve().is_relative_to(wheel), package.__file__
    assert (wheel / "pullquote" / "default.toml").read_text() == (
        ROOT / "config" / "default.toml"
    ).read_text()
