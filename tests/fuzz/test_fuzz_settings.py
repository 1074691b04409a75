import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import SettingsError
from pullquote.settings import Settings, load_settings

KEYS = [
    (table, key)
    for table, field in Settings.model_fields.items()
    for key in getattr(field.annotation, "model_fields", {})
]
VALUES = st.sampled_from(
    [
        "1", "-1", "0", "1e400", "nan", "inf", "0x" + "f" * 5_000, "9" * 5_000, "0b1", "1_0",
        "true", '"yes"', '""', "[]", "[[]]", '[""]', '["a", 1]', "{}", "{ text = 1 }", "{ x = 1 }",
        "1979-05-27", "07:32:00", '"calibrated"', '"~"', '"~root/a"', '"\\u0000"', '"http://["',
        '"https://h:99999"', '"rot13"', '"idna"', '"\\u001b[2J"', '"' + "x" * 5_000 + '"',
        "[" * 60 + "]" * 60, '"""', "'",
    ]
) | st.text(max_size=20) | st.integers().map(str) | st.floats().map(str)  # fmt: skip
DEEP = st.integers(1, 3_000).map(lambda depth: ".a" * depth)
NAMES = st.sampled_from(KEYS) | st.tuples(st.text(max_size=5), st.text(max_size=5))


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A settings file, right or wrong."""
    lines = []
    for table, key in draw(st.lists(NAMES, max_size=4)):
        deeper = draw(st.just("") | DEEP) if draw(st.integers(0, 9)) == 9 else ""
        lines.append(f"[{table}]\n{key}{deeper} = {draw(VALUES)}\n")
    text = "".join(lines).encode("utf-8", "surrogatepass")
    return draw(st.just(text) | st.binary(max_size=20).map(lambda noise: text + noise))


def loaded(environment: Mapping[str, str], file: Path | None = None) -> Settings | SettingsError:
    """The settings, or the one error of a user's mistake; other errors pass."""
    try:
        return load_settings(environment, file)
    except SettingsError as error:
        return error


def check(result: Settings | SettingsError) -> None:
    """An error says what is wrong, and where."""
    if isinstance(result, SettingsError):
        assert str(result)
        assert result.where


@given(files())
def test_any_settings_file_is_settings_or_one_error(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.toml"
        file.write_bytes(content)
        check(loaded({}, file))


VARIABLES = NAMES.map(lambda name: f"PULLQUOTE_{name[0]}_{name[1]}".upper()) | st.sampled_from(
    ["PULLQUOTE_", "PULLQUOTE_INDEX", "PULLQUOTE__", "PULLQUOTE_INDEX_PATH_X"]
)


@given(st.dictionaries(VARIABLES, VALUES | st.text(max_size=300), max_size=4))
def test_any_environment_is_settings_or_one_error(environment: dict[str, str]) -> None:
    check(loaded(environment))
