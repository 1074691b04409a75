"""Live blogs keep their entries apart, and interviews name an answer by its question."""

import json
from pathlib import Path

import pytest

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import BlockKind
from pullquote_index.steps.tiling import tile_article
from support.reading import articles_in, only_article, read_file, write

ENTRY, PARAGRAPH = BlockKind.ENTRY, BlockKind.PARAGRAPH
ENTRIES = (
    ("11:30", "Power out", "Power is out in the old town, where three thousand homes are dark."),
    ("11:05", "Schools close", "Schools in Norrvik close early, and all send their pupils home."),
    ("10:42", "Ferry cancelled", "The ferry to Aldhaven is cancelled, and no boats sail today."),
)
LIVE = "<title>Storm: live | Norrvik Post</title></head><body><main><h1>Storm: live</h1>"


def read(folder: Path, name: str, text: str) -> Article:
    return only_article(read_file(write(folder, name, text)))


def places(article: Article) -> dict[str, str]:
    """The heading of each quotable block, by its first two words."""
    found = {}
    for block in article.blocks:
        heading = article.place_of(block.span).heading
        if block.is_quotable:
            words = " ".join(block.span.of(article.text).split()[:2])
            found[words] = " ".join(heading.of(article.text).split()) if heading else ""
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("live.txt", "Storm: live\n\n{0}\n{body0}\n\n{1}\n{body1}\n\n{2}\n{body2}\n"),
        ("bold.md", "# Storm: live\n\n**{0}** {body0}\n\n**{1}**\n\n{body1}\n\n**{2}:** {body2}"),
        ("headings.md", "# Storm\n\n## {0}\n\n{body0}\n\n## {1}\n\n{body1}\n\n## {2}\n\n{body2}"),
    ],
)
def test_the_times_of_a_live_blog_name_its_entries(tmp_path: Path, name: str, text: str) -> None:
    times = ("11:30 GMT", "11.05am", "10:42 GMT")
    bodies = {f"body{number}": entry[2] for number, entry in enumerate(ENTRIES)}
    found = places(read(tmp_path, name, text.format(*times, **bodies)))
    assert found == {
        "Power is": times[0],
        "Schools in": times[1],
        "The ferry": times[2],
    }


@pytest.mark.parametrize(
    "lines",
    [
        ("1.10 Scope of this text.", "1.11 Words that it uses here.", "1.12 What it leaves out."),
        ("10:42 was the time of the first.", "9:10 was another.", "12:15 it began, and 8:00 too."),
        ("10:00 Doors open", "11:00 Coffee", "12:00 Lunch"),
    ],
)
def test_numbers_of_sections_scattered_times_and_programmes_are_no_live_blog(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    article = read(tmp_path, "a.md", "# A title\n\n" + "\n\n".join(lines))
    assert {block.kind for block in article.blocks} == {PARAGRAPH}


SHAPES = {
    "articles": "<article><header><time>{time} GMT</time><h2>{name}</h2></header><p>{body}</p>"
    '<div class="share"><a href="#">Share</a></div></article>',
    "items": "<li><article><span>Posted at <time>{time}</time></span><h3>{name}</h3><p>{body}</p>"
    "</article></li>",
    "ago": '<div class="e"><h3>{name}</h3><p><time datetime="2024-03-02T{time}:00Z">2 hours ago'
    "</time></p><p>{body}</p></div>",
    "spans": '<div class="e"><span class="t">{time}</span><div><h3>{name}</h3><p>{body}</p></div>'
    "</div>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_entry_of_a_live_page_has_its_own_time_and_headline(
    tmp_path: Path, shape: str
) -> None:
    entries = "".join(
        SHAPES[shape].format(time=time, name=name, body=body) for time, name, body in ENTRIES
    )
    page = f'<html><head>{LIVE}<div class="live-blog">{entries}</div></main></body></html>'
    found = places(read(tmp_path, "live.html", page))
    assert list(found) == ["Power is", "Schools in", "The ferry"]
    for heading, (time, name, _) in zip(found.values(), ENTRIES, strict=True):
        assert time in heading
        assert name in heading


def test_a_live_page_without_shown_entries_has_those_that_it_states(tmp_path: Path) -> None:
    updates = [
        {"headline": name, "datePublished": f"2024-03-02T{time}:00Z", "articleBody": body}
        for time, name, body in ENTRIES
    ]
    stated = json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": updates})
    script = f'<script type="application/ld+json">{stated}</script>'
    page = f"<html><head>{script}{LIVE}<div id=app></div></main></body></html>"
    assert places(read(tmp_path, "live.html", page))["Schools in"] == "11:05 Schools close"


def test_no_passage_crosses_an_entry(tmp_path: Path) -> None:
    text = "# Live\n\n" + "\n\n".join(f"**{time}**\n\n{body}" for time, _, body in ENTRIES)
    article = read(tmp_path, "live.md", text)
    passages = [span.of(article.text).strip() for span, _ in tile_article(article, 500)]
    assert passages == [f"{time}\n\n{body}" for time, _, body in ENTRIES]


TURNS = (
    ("Why did you close the bridge?", "Because the piers were cracked."),
    ("Tell us who pays for it, then.", "The state does, not the town."),
    ("Will you run again?", "No, I will not."),
)


def interview(question: str, answer: str) -> str:
    turns = "\n\n".join(
        f"{question.format(asked)}\n\n{answer.format(said)}" for asked, said in TURNS
    )
    return f"The mayor speaks\n\nShe was elected in May.\n\n{turns}\n"


@pytest.mark.parametrize(
    ("question", "answer"),
    [("THE HERALD: {}", "Olsen: {}"), ("Q: {}", "A: {}"), ("Q. {}", "A. {}")],
)
def test_who_asks_in_an_interview_names_the_place_of_the_answer(
    tmp_path: Path, question: str, answer: str
) -> None:
    article = read(tmp_path, "a.txt", interview(question, answer))
    found = places(article)
    label = answer.format("").strip()
    assert found[f"{label} The"] == question.format(TURNS[1][0])
    assert found[f"{label} No,"] == question.format(TURNS[2][0])
    assert found["She was"] == ""


@pytest.mark.parametrize(
    ("name", "question", "answer"),
    [
        ("a.md", "**{}**", "{}"),
        ("a.md", "*{}*", "{}"),
        ("a.html", "<p><strong>{}</strong></p>", "<p>{}</p>"),
        ("a.jsonl", "<p><b>{}</b></p>", "<p>{}</p>"),
    ],
)
def test_a_question_in_bold_or_italics_names_the_place_of_the_answer(
    tmp_path: Path, name: str, question: str, answer: str
) -> None:
    text = interview(question, answer)
    if name == "a.jsonl":
        text = json.dumps({"text": f"<div>{text}</div>"})
    elif name == "a.html":
        text = f"<html><head><title>The mayor speaks</title></head><body><article>{text}</article>"
    (article,) = articles_in(read_file(write(tmp_path, name, text)))
    assert places(article)["Because the"] == TURNS[0][0]
    assert places(article)["No, I"] == TURNS[2][0]


def test_a_meeting_of_many_who_ask_is_no_interview(tmp_path: Path) -> None:
    turns = [
        f"{speaker}: {words}"
        for speaker in ("AB", "CD", "EF", "GH", "IJ")
        for words in ("Is that so?", "And why?")
    ]
    article = read(tmp_path, "a.md", "# Notes\n\n" + "\n\n".join(turns))
    assert {block.kind for block in article.blocks} == {PARAGRAPH}


def test_a_question_that_nothing_follows_is_a_paragraph(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", "# Title\n\nSome prose stands here.\n\n**What now?**\n")
    assert [block.kind for block in article.blocks] == [PARAGRAPH, PARAGRAPH]
