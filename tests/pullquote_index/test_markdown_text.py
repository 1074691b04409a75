"""Markdown is read as its readers see it."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.articles import Article, Origin
from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers import reader_for
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.markdown_dialects import to_common_mark
from pullquote_index.readers.markdown_text import markdown_blocks
from pullquote_index.readers.problems import Problem, SourceFile
from support.reading import only_article, read_file

PARAGRAPH, HEADING, ITEM = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM
HEADER_ROW, ROW, FURNITURE = BlockKind.HEADER_ROW, BlockKind.ROW, BlockKind.FURNITURE


def read(path: Path, text: str) -> Article | Problem:
    path.write_bytes(text.encode())
    reader = reader_for(path)
    assert reader is not None
    (item,) = reader(SourceFile(path.name, path, path.parent), 1_000_000)
    return item


def words(blocks: Sequence[ExtractedBlock]) -> list[tuple[BlockKind, str]]:
    return [(b.kind, " ".join(b.text.split())) for b in blocks if b.text.strip()]


DAY_64 = """\
1/ **The mayor withdraws the harbour plan**. She needed 21 votes and had 14. \
([Norrvik Post](https://www.norrvikpost.example/2017/03/24/6e8bf05a_story.html){:target="_blank"})

* **The shipping company will sue for [11 million crowns](https://n.example/a "Norrvik Post")**.

<!-- TODO before publishing: legal says we cannot name Karl Example. Remove this line. -->

![The mayor in front of the town hall](data:image/png;base64,iVBORw0KGgo=)

{{< youtube id="w7Ft2ymGmfc" autoplay="true" >}}

> [!warning] Correction
> An earlier version said that the bridge was 40 metres long. It is 62 metres long[^1].

| Candidate | Votes | Share |
|-----------|------:|------:|
| Olav Lund | 3,001 | 37.3% |

```python
# this is a comment and not a heading
```

{% include ad.html slot="4411" %}

See also [[The harbour plan|our file on the harbour]].

[^1]: Measured by the harbour office on 20 March.
[ref]: https://www.norrvikpost.example/ref "Reference"
"""


MAYOR = "1/ The mayor withdraws the harbour plan. She needed 21 votes and had 14. (Norrvik Post)"


def test_a_daybook_is_read_without_its_markup() -> None:
    blocks = markdown_blocks(DAY_64, first_line=6)
    assert words(blocks) == [
        (PARAGRAPH, MAYOR),
        (ITEM, "The shipping company will sue for 11 million crowns."),
        (FURNITURE, "The mayor in front of the town hall"),
        (FURNITURE, "Correction"),
        (
            PARAGRAPH,
            "An earlier version said that the bridge was 40 metres long. It is 62 metres long.",
        ),
        (HEADER_ROW, "Candidate | Votes | Share"),
        (ROW, "Olav Lund | 3,001 | 37.3%"),
        (PARAGRAPH, "See also our file on the harbour."),
        (PARAGRAPH, "Measured by the harbour office on 20 March."),
    ]
    lines = {block.text: (block.first_line, block.last_line) for block in blocks}
    assert lines["Olav Lund | 3,001 | 37.3%"] == (21, 21)
    assert lines["Correction"] == (16, 17)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("A line\nand its\nend.", [(PARAGRAPH, "A line and its end.")]),
        (
            "and [the\nfishers'](https://e.example/members.html)\nsay so",
            [(PARAGRAPH, "and the fishers' say so")],
        ),
        ("# One\n\nTwo\n---", [(HEADING, "One"), (HEADING, "Two")]),
        ("**What is new**\n\nText.", [(HEADING, "What is new"), (PARAGRAPH, "Text.")]),
        ("**It is new.**", [(PARAGRAPH, "It is new.")]),
        ("- one\n\n  more\n  1. two", [(ITEM, "one"), (PARAGRAPH, "more"), (ITEM, "two")]),
        ("- [x] done\n- [ ] open", [(ITEM, "done"), (ITEM, "open")]),
        ("Term\n: What it is.", [(ITEM, "Term: What it is.")]),
        ("Words ~~struck~~ <del>out</del> stay.", [(PARAGRAPH, "Words stay.")]),
        ("a<br>b <b>c</b> &amp; <!-- d --> e", [(PARAGRAPH, "a b c & e")]),
        ("Use `Vec<T>` and `{{ x }}`.", [(PARAGRAPH, "Use Vec<T> and {{ x }}.")]),
        ("    indented code\n\ntext", [(PARAGRAPH, "text")]),
        ("~~~\n{{ x }}\n# no heading\n~~~", []),
        (
            "See [a][b], [c][unknown] and [d].\n[b]: https://e.example",
            [(PARAGRAPH, "See a, c and [d].")],
        ),
        (
            "See [`c`][unknown], [the *new* `Vec<T>` type][std] and `a[i][j]`.",
            [(PARAGRAPH, "See c, the new Vec<T> type and a[i][j].")],
        ),
        (
            'Caption below.\n\n![alt](a.png "The crane in May.")',
            [(PARAGRAPH, "Caption below."), (PARAGRAPH, "The crane in May.")],
        ),
        ("The ![icon](i.png) crane.", [(PARAGRAPH, "The crane.")]),
        ("{% highlight rust %}\nlet x;\n{% endhighlight %}\nText.", [(PARAGRAPH, "Text.")]),
        (
            "See [a][b] and [c]({{ site.url\n}}/issues/4).\n\n[b]: {{ '/docs/' | relative_url }}",
            [(PARAGRAPH, "See a and c.")],
        ),
        (
            "{% raw %}\nIt is {{ y }}.\n{% endraw %}\n\nUse `{% raw %}{{ x }}{% endraw %}`.",
            [(PARAGRAPH, "It is {{ y }}."), (PARAGRAPH, "Use {{ x }}.")],
        ),
        ("{{% note %}}\nKept.\n{{% /note %}}", [(PARAGRAPH, "Kept.")]),
        ("{% quote() %}Kept.{% end %}", [(PARAGRAPH, "Kept.")]),
        ("## Cargo {#cargo}\n\nText. {: .lead}", [(HEADING, "Cargo"), (PARAGRAPH, "Text.")]),
        ("- TOC\n{:toc}\n\nText.", [(PARAGRAPH, "Text.")]),
        ("![[map.png]]\n\n%%hidden%% ==Kept== [[Crane]] ^abc123", [(PARAGRAPH, "Kept Crane")]),
        (
            '!!! note "Careful"\n    One.\n\n    Two.\n\nThree.',
            [
                (FURNITURE, "Careful"),
                (PARAGRAPH, "One."),
                (PARAGRAPH, "Two."),
                (PARAGRAPH, "Three."),
            ],
        ),
        (":::tip\nKept.\n:::", [(PARAGRAPH, "Kept.")]),
        ("import A from './a.js'\n\nText.", [(PARAGRAPH, "Text.")]),
        ("<div>\n\nIn *it*.\n\n</div>\n<script>x()</script>", [(PARAGRAPH, "In it.")]),
        (
            "<table><tr><th>A<th>B</tr><tr><td>1<td>2</tr></table>",
            [(HEADER_ROW, "A | B"), (ROW, "1 | 2")],
        ),
    ],
)
def test_markup_is_left_out_and_words_stay(
    markdown: str, expected: list[tuple[BlockKind, str]]
) -> None:
    assert words(markdown_blocks(markdown)) == expected


@pytest.mark.parametrize(
    "piece", ["{{", "{% raw %}", "{% highlight x %}", "{% ", "{{< ", "{{ x\n", "{ {{ }", "{/*"]
)
def test_marks_that_never_end_are_read_in_little_time(piece: str) -> None:
    markdown = piece * (400_000 // len(piece))
    start = time.process_time()
    to_common_mark(markdown)
    to_common_mark(markdown, is_mdx=True)
    assert time.process_time() - start < 2


def test_components_and_expressions_of_mdx_are_left_out() -> None:
    mdx = (
        "import Tabs from '@theme/Tabs';\nexport const x = {\n  a: 1\n}\n\n"
        'Text {props.value} <Note title={`x`}>kept</Note>, `{code}`.\n\n<Tabs\n  a={1}\n  b="x">\n'
        '  Inner.\n</Tabs>\n\n<p style={{color: "red"}}>Styled.</p>\n'
    )
    blocks = markdown_blocks(mdx, is_mdx=True)
    assert words(blocks) == [
        (PARAGRAPH, "Text kept, {code}."),
        (PARAGRAPH, "Inner."),
        (PARAGRAPH, "Styled."),
    ]
    assert [block.first_line for block in blocks if block.text.strip()] == [6, 11, 14]


def test_a_first_heading_is_the_headline_where_none_is_given(tmp_path: Path) -> None:
    page = read(tmp_path / "a.md", "# A *headline*\n\nThe text.\n\n## Below\n\nMore.\n")
    assert isinstance(page, Article)
    assert (page.title, page.text) == ("A headline", "The text.\n\nBelow\n\nMore.")
    assert page.origin is Origin.EXTRACTED


def test_code_in_a_headline_is_shown_without_its_marks(tmp_path: Path) -> None:
    article = read(tmp_path / "a.md", "---\ntitle: The `u128` layout ` changes\n---\nText.\n")
    assert isinstance(article, Article)
    assert article.title == "The u128 layout ` changes"


def test_a_block_without_words_is_not_quoted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("These are allowed:\n\n- `@`\n- `-`\n- `a`\n")
    (tmp_path / "a.txt").write_text("Title\n\nOne.\n\n* * *\n\nTwo.\n")
    article = only_article(read_file(tmp_path / "a.md"))
    assert [block.kind for block in article.blocks] == [PARAGRAPH, FURNITURE, FURNITURE, ITEM]
    assert not only_article(read_file(tmp_path / "a.txt")).blocks


def test_a_headline_is_not_repeated_and_another_first_heading_stays(tmp_path: Path) -> None:
    same = read(tmp_path / "a.md", "---\ntitle: A headline\n---\n# A headline\n\nThe text.\n")
    other = read(tmp_path / "b.md", "---\ntitle: A headline\n---\n# Another\n\nThe text.\n")
    assert isinstance(same, Article)
    assert isinstance(other, Article)
    assert (same.text, other.text) == ("The text.", "Another\n\nThe text.")
    assert same.blocks[0].first_line == 6


def test_a_file_without_words_to_quote_is_a_problem(tmp_path: Path) -> None:
    for text in ("---\ntitle: A\n---\n# Only a heading\n", "```\ncode\n```\n", "<!-- note -->\n"):
        assert isinstance(read(tmp_path / "a.md", text), Problem)


def test_brackets_that_open_within_many_others_are_words() -> None:
    text = "[a " * 9 + "[link](https://norrvik.example)" + "\n\n[link](https://norrvik.example)"
    assert words(markdown_blocks(text)) == [
        (PARAGRAPH, "[a " * 9 + "link"),
        (PARAGRAPH, "link"),
    ]
    listed = "- [a\n" * 30 + "- [link](/a)"
    assert words(markdown_blocks(listed))[-1] == (ITEM, "link")


HOSTILE = {
    "links": "[a](/b)\n" * 5_000,
    "links of a line": "[a](/b) " * 30_000,
    "brackets": "[a\n" * 6_000,
    "images": "![a\n" * 6_000,
    "notes": "^[a\n" * 6_000,
    "marks of notes": "[^" * 50_000,
    "emphasis": "*a **b _c\n" * 5_000,
    "quotes": ">" * 50_000,
}


@pytest.mark.parametrize("markdown", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markdown_takes_no_time(markdown: str) -> None:
    started = time.process_time()
    markdown_blocks(markdown)
    assert time.process_time() - started < 8  # 1 where it is quiet; many times that if quadratic


@given(st.text(alphabet=st.sampled_from("ab\n >*_`#-|[](){}%<!/=:~^\\&;1. \t\r\"'é"), max_size=200))
def test_any_text_has_blocks_with_lines_of_the_text(text: str) -> None:
    for is_mdx in (False, True):
        for block in markdown_blocks(text, is_mdx=is_mdx):
            lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 2
            assert 0 <= block.first_line <= block.last_line <= lines
