"""Mail: messages, mailboxes, mailing lists' archives; whose words a message has."""

import datetime as dt
import gzip
import hashlib
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from pullquote.corpus.articles import Article
from pullquote_index.readers.documents import mail
from pullquote_index.readers.documents.mailboxes import begins_mailbox
from pullquote_index.readers.documents.message_lines import MessageLines
from pullquote_index.readers.documents.message_text import message_blocks
from pullquote_index.readers.problems import Problem
from support.document_files import read_article, read_file, read_problem, shown_blocks

BODY = """\
Dear all,

The ferry runs again from Monday, and the
fare is two crowns.

- dogs
- cats that
  are small

On Wed, 1 May 2024 at 10:00, Bo Ek <bo@example.org>
wrote:
> When does it run?
>
> Bo

Nobody knows.

--\x20
Ada Lindén
Island Ltd
"""
BLOCKS = [
    ("paragraph", 0, "Dear all,"),
    ("paragraph", 0, "The ferry runs again from Monday, and the fare is two crowns."),
    ("item", 1, "dogs"),
    ("item", 1, "cats that are small"),
    (
        "furniture",
        0,
        "On Wed, 1 May 2024 at 10:00, Bo Ek <bo@example.org> wrote: When does it run?",
    ),
    ("furniture", 0, "Bo"),
    ("paragraph", 0, "Nobody knows."),
    ("furniture", 0, "-- Ada Lindén Island Ltd"),
]


def message() -> EmailMessage:
    """A message of a mailing list, with both parts and an attachment."""
    letter = EmailMessage()
    letter["From"] = "Ada Lindén <ada@example.org>"
    letter["Subject"] = "The ferry café reopens on Monday, with a new roof and new prices for all"
    letter["Date"] = "Thu, 2 May 2024 23:30:00 -0500"
    letter["Message-ID"] = "<a1@example.org>"
    letter["List-Id"] = '"Island news" <news.example.org>'
    letter["Archived-At"] = "<https://lists.example.org/news/a1>"
    letter.set_content(BODY)
    letter.add_alternative("<p>Not this one.</p>", subtype="html")
    letter.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="x.pdf")
    return letter


def test_a_message_is_an_article_with_its_authors_words(tmp_path: Path) -> None:
    path = tmp_path / "ferry.eml"
    path.write_bytes(message().as_bytes())
    article = read_article(path)
    assert article.id == "a1@example.org"
    assert article.title.startswith("The ferry café reopens on Monday, with a new roof")
    assert (article.published, article.authors) == (dt.date(2024, 5, 2), ("Ada Lindén",))
    assert (article.source, article.url) == ("Island news", "https://lists.example.org/news/a1")
    assert shown_blocks(article) == BLOCKS
    assert article.line == 0


def test_of_a_message_in_html_alone_the_quoted_message_is_furniture(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["Subject"] = "Fares"
    letter.set_content(
        "<div>Two <b>crowns</b>.</div><style>p{}</style><div class=gmail_quote>On Monday Bo wrote:"
        "<blockquote><p>How much?</p></blockquote></div><p>Ada</p>",
        subtype="html",
        charset="iso-8859-1",
    )
    path = tmp_path / "html.eml"
    path.write_bytes(letter.as_bytes())
    assert shown_blocks(read_article(path)) == [
        ("paragraph", 0, "Two crowns."),
        ("furniture", 0, "On Monday Bo wrote:"),
        ("furniture", 0, "How much?"),
        ("paragraph", 0, "Ada"),
    ]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("iso-8859-1", "cp1252"), ("iso-8859-1", "utf-8"), ("undefined", "utf-8")],
)
def test_a_charset_that_is_not_the_texts_costs_no_character(
    tmp_path: Path, charset: str, encoding: str
) -> None:
    head = f"Subject: Fares\nContent-Type: text/plain; charset={charset}\n\n"
    path = tmp_path / "a.eml"
    path.write_bytes(head.encode() + "It’s a café.\n".encode(encoding))
    assert read_article(path).text == "It’s a café."


def mailbox() -> bytes:
    second = (
        b"From: bo at example.org (Bo Ek)\nDate: Fri, 03 May 2024 10:00:00 +0200\n"
        b"Subject: [news] Re: Ferry\n\nI agree with it.\n>From Monday on, it is dear.\n\n"
        b"From the pier one sees it.\n"
        b"-------------- next part --------------\nAn attachment was scrubbed.\n"
    )
    return (
        b"From ada@example.org Thu May  2 10:00:00 2024\n"
        + message().as_bytes()
        + b"\nFrom bo at example.org  Fri May  3 10:00:00 2024\n"
        + second
    )


@pytest.mark.parametrize("name", ["news.mbox", "2024-May.txt", "2024-May.txt.gz"])
def test_a_mailbox_has_an_article_for_each_message(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(mailbox()) if name.endswith(".gz") else mailbox())
    first, second = read_file(path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert shown_blocks(first) == BLOCKS
    assert (first.line, second.line) == (1, 2)
    assert (second.title, second.authors) == ("[news] Re: Ferry", ("Bo Ek",))
    assert second.id == f"archive/{name}:2"
    assert shown_blocks(second) == [
        ("paragraph", 0, "I agree with it. From Monday on, it is dear."),
        ("paragraph", 0, "From the pier one sees it."),
        ("furniture", 0, "-------------- next part -------------- An attachment was scrubbed."),
    ]


def test_a_text_that_begins_with_from_is_no_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("From the pier on Monday\n\nOne sees the ferry from here.\n")
    assert read_article(path).title == "From the pier on Monday"


def test_a_broken_message_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "news.mbox"
    empty = b"From x@example.org Thu May  2 10:00:00 2024\n\n"
    words = b"From x@example.org Thu May  2 10:00:00 2024\nno headers here\n\n"
    path.write_bytes(empty + words + mailbox())
    items = read_file(path)
    assert [str(item) for item in items[:2]] == [
        "archive/news.mbox:1: is empty; skipped",
        "archive/news.mbox:2: is not a message: it does not begin with headers; skipped",
    ]
    assert [item.line for item in items[2:] if isinstance(item, Article)] == [3, 4]


def test_a_message_of_attachments_and_a_file_that_is_no_message_say_so(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["Subject"] = "The plan"
    letter.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="x.pdf")
    path = tmp_path / "plan.eml"
    path.write_bytes(letter.as_bytes())
    assert read_problem(path) == ("archive/plan.eml: has no text, only attachments; skipped")
    path.write_bytes(b"\x00\x01\x02 no headers")
    assert "does not begin with headers" in read_problem(path)


def test_a_wrong_date_costs_its_field(tmp_path: Path) -> None:
    path = tmp_path / "when.eml"
    path.write_bytes(b"Subject: Fares\nDate: some day soon\n\nTwo crowns.\n")
    problem, article = read_file(path)
    assert isinstance(problem, Problem)
    assert not problem.skipped
    assert isinstance(article, Article)
    assert (article.published, article.text) == (None, "Two crowns.")


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\n\nWords.\n",
        b"From: " + b"a <b@c>, " * 200_000 + b"\n\nWords.\n",
        b"From: " + b"(" * 500_000 + b"\nX: " + b"((" * 500_000 + b"\n\nWords.\n",
        b"Message-ID: " + b"<a" * 500_000 + b"\nList-Id: " + b'" ' * 500_000 + b"\n\nWords.\n",
        b"A: b\n" * 500_000 + b"\nWords.\n",
        b"Subject: x\n\nWords.\n> " + b"> " * 1_000_000 + b"\nOn " + b"x " * 500_000 + b"wrote:",
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nA: b\n\nWords.\n" * 200_000,
        b"Content-Type: multipart/mixed; boundary=0\n\n"
        + b"".join(
            b"--%d\nContent-Type: multipart/mixed; boundary=%d\n\n" % (at, at + 1)
            for at in range(4_000)
        ),
    ],
)
def test_hostile_messages_take_no_time(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "hostile.eml"
    path.write_bytes(data)
    started = time.process_time()
    *_, last = mail.documents(path, "hostile.eml", 10_000_000)
    assert time.process_time() - started < 5
    assert isinstance(last, Problem) or last.blocks[0].text.startswith("Words.")


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Yes.\n\n-----Original Message-----\nFrom: Bo\nWhen?", ["Yes."]),
        ("Yes.\n\nSent from my phone", ["Yes."]),
        ("Yes.\n_______________________\nnews mailing list\nnews@x", ["Yes."]),
        ("Yes.\n\n-----------------------\nAnd no.", ["Yes.", "-----------------------", "No."]),
        ("Bo Ek <bo@x.org>:\n> When?\nToday.", ["Today."]),
        ("He wrote:\n\nthe plan was good.", ["He wrote:", "the plan was good."]),
    ],
)
def test_whose_words_they_are(text: str, own: list[str]) -> None:
    shown = [block.text for block in message_blocks(text) if block.kind != "furniture"]
    if "And no." in text:
        assert shown[-1].endswith("And no.")
    else:
        assert shown == own


def test_flowed_lines_are_joined() -> None:
    text = "The ferry runs \nagain.\n\n> quoted \n> words\n-- \nAda"
    blocks = message_blocks(text, is_flowed=True)
    assert [block.text for block in blocks] == ["The ferry runs again.", "quoted words", "--  Ada"]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        (b"From ada@example.org Thu May  2 10:00:00 2024", True),
        (b"From - Thu May 02 10:00:00 2024", True),
        (b"From 17987@xxx Thu May 02 10:00:00 +0000 2024", True),
        (b"From ada at example.org  Thu May  2 10:00:00 2024\r", True),
        (b"From Monday on, the ferry sails at 10:00:00", False),
        (b"From the pier one sees it. Thu May 2", False),
        (b"From: ada@example.org", False),
    ],
)
def test_how_a_message_of_a_mailbox_begins(line: bytes, *, is_one: bool) -> None:
    assert begins_mailbox(line + b"\nSubject: x\n\nWords.\n") is is_one


def test_attachments_cost_no_memory_and_the_parts_around_them_are_read(tmp_path: Path) -> None:
    picture = b"".join(b"QUJD" * 19 + b"\r\n" for _ in range(60_000))
    parts = [
        b'Content-Type: multipart/mixed;\r\n boundary="--outer "\r\nSubject: A quay\r\n\r\n',
        b"----outer\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        picture,
        b"----outer\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n",
        b"--in\r\nContent-Type:  text/plain\r\n\r\nThe quay is long.\r\n--in--\r\n",
        b"----outer\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\n",
        b"This is attached.\r\n----outer--\r\n",
    ]
    path = tmp_path / "quay.eml"
    path.write_bytes(b"".join(parts))
    article = read_article(path)
    assert (article.title, article.text) == ("A quay", "The quay is long.")
    assert article.record_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    lines = MessageLines()
    for line in b"".join(parts).splitlines(keepends=True):
        lines.add(line)
    assert len(lines.data) < 1_000
    assert b"attached" not in lines.data


def test_what_only_looks_like_an_attachment_is_read(tmp_path: Path) -> None:
    path = tmp_path / "quay.eml"
    headers = b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n"
    path.write_bytes(b"Subject: A quay\n\nBefore.\n\n--x\n" + headers + b"\nThe quay is long.\n")
    assert "The quay is long." in read_article(path).text


def test_a_message_of_very_many_lines_is_one_problem_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "news.mbox"
    begin = b"From a@example.org Thu May  2 10:00:00 2024\nSubject: x\n\n"
    path.write_bytes(begin + b"> a\n" * 300_000 + b"\n" + begin + b"The quay is long.\n")
    problem, article = read_file(path)
    assert "has more than 200,000 lines" in str(problem)
    assert isinstance(article, Article)
    assert article.text == "The quay is long."
