import pytest

from pullquote_bot.arguments import parser


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ask", "x", "--top", "0"], "whole number from 1 to 100"),
        (["ask", "x", "--top", "many"], "whole number from 1 to 100"),
        (["ask", "x", "--since", "soon"], "is not a date such as 2025-10-30"),
        (["ask", "x", "--format", "xml"], "invalid choice"),
        (["bogus"], "invalid choice"),
        (["ask", "x", "--bogus"], "unrecognized arguments"),
    ],
)
def test_what_cannot_be_used_is_one_line_that_names_the_help(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args(words)
    said = capsys.readouterr()
    assert stopped.value.code == 2
    assert said.out == ""
    assert said.err.startswith("error: ")
    assert said.err.count("\n") == 1
    assert told in said.err
    assert "--help" in said.err
