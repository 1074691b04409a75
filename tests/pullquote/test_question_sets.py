"""Question sets as files: what a line may contain, and how mistakes in it are reported."""

import gzip
import re
from pathlib import Path

import pytest

from pullquote.corpus.spans import Span
from pullquote.errors import RequestError
from pullquote.evaluation.questions import read_questions
from support.archives import write_jsonl


class TestAQuestionSet:
    """What a question set may contain, and how mistakes in it are reported."""

    def test_may_omit_every_field_but_the_question(self, tmp_path: Path) -> None:
        file = write_jsonl(
            tmp_path / "q.jsonl",
            {"question": "Bare?"},
            {"question": "Words?", "expected": "elm"},
            {"id": "x", "question": "Several?", "expected": ["elm", "ash"], "gold_articles": "a1"},
            {"question": "Choices?", "choices": ["a", "b"], "gold": 1, "asked": "2023/01/05"},
            {"question": "None?", "answerable": False, "since": "2024-01-01"},
            {"question": "Articles?", "gold_articles": ["a1", "a2"]},
            {"question": "Evidence?", "article": "a1", "evidence": [[0, 5], [7, 9]]},
            {"question": "About?", "article": "a1", "evidence": []},
        )
        questions = read_questions(file).questions
        assert [question.answerable for question in questions] == [
            None,
            True,
            True,
            True,
            False,
            True,
            True,
            None,
        ]
        assert [question.id for question in questions] == [1, 2, "x", 4, 5, 6, 7, 8]
        assert questions[6].evidence == (Span(0, 5), Span(7, 9))
        assert [question.evidence_article for question in questions[5:]] == [None, "a1", "a1"]
        assert [question.expected for question in questions[1:4]] == [("elm",), ("elm", "ash"), ()]
        assert questions[3].right_choice == ("b",)
        assert (questions[2].articles, questions[1].articles) == (frozenset({"a1"}), None)
        assert str(questions[4].query.since) == "2024-01-01"

    def test_may_be_gzipped_begin_with_a_byte_order_mark_and_have_empty_lines(
        self, tmp_path: Path
    ) -> None:
        data = '\ufeff{"question": "Where?"}\r\n\n{"question": "Who?"}'.encode()
        (tmp_path / "q.jsonl").write_bytes(data)
        (tmp_path / "q.jsonl.gz").write_bytes(gzip.compress(data))
        assert (
            read_questions(tmp_path / "q.jsonl").questions
            == read_questions(tmp_path / "q.jsonl.gz").questions
        )
        assert [question.id for question in read_questions(tmp_path / "q.jsonl").questions] == [
            1,
            3,
        ]

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            (b"not json", "Invalid JSON"),
            (b"\xff\xfe", "JSON"),
            (b"[]", "object"),
            (b"{}", "question: Field required"),
            (b'{"question": 3}', "question: "),
            (b'{"question": "?"}', "the question has no words"),
            (b'{"question": "Who?", "choices": ["a", "b"]}', "must both be given"),
            (b'{"question": "Who?", "gold": 1}', "must both be given"),
            (b'{"question": "Who?", "choices": ["a"], "gold": 0}', "fewer than two"),
            (b'{"question": "Who?", "choices": ["a", "b"], "gold": 2}', "numbered 0 to 1"),
            (b'{"question": "Who?", "choices": ["a", "b"], "gold": -1}', "numbered 0 to 1"),
            (
                b'{"question": "Who?", "choices": [1, 2], "gold": 0}',
                "choices: is not a list of texts",
            ),
            (b'{"question": "Who?", "expected": 7}', "expected: is not text or a list of texts"),
            (b'{"question": "Who?", "expected": ["..."]}', "no English letter or digit"),
            (b'{"question": "Who?", "answerable": "yes"}', "answerable: "),
            (b'{"question": "Who?", "since": "soon"}', "since: 'soon' is not a date"),
            (b'{"question": "Who?", "id": 1.5}', "id: is not text or a whole number"),
            (b'{"question": "Who?", "article": 7}', "article: is not an id, which is text"),
            (
                b'{"question": "Who?", "evidence": [[0, 4]]}',
                "evidence: needs article, the id of the article that it is in",
            ),
            (
                b'{"question": "Who?", "article": "a", "evidence": [[4, 4]]}',
                "evidence: [4, 4] is not a span: 0 <= start < end",
            ),
            (
                b'{"question": "Who?", "article": "a", "evidence": [[-1, 4]]}',
                "evidence: [-1, 4] is not a span",
            ),
            *(
                (
                    b'{"question": "Who?", "article": "a", "evidence": ' + evidence + b"}",
                    "evidence: is not a list of pairs [start, end) of whole numbers",
                )
                for evidence in (
                    b"[[5]]",
                    b"[[0, 4, 8]]",
                    b"[0, 4]",
                    b"[[0, 4.5]]",
                    b'"words"',
                    b"[[0, true]]",
                )
            ),
            (b'{"question": "Who?", "id": 7}', "the id 7 is already used in line 1"),
        ],
    )
    def test_names_the_file_and_the_line_of_a_mistake(
        self, tmp_path: Path, line: bytes, message: str
    ) -> None:
        file = tmp_path / "q.jsonl"
        file.write_bytes(b'{"question": "Who?", "id": 7}\n\n' + line + b"\n")
        with pytest.raises(RequestError, match=re.escape(message)) as caught:
            read_questions(file)
        assert str(caught.value).startswith(f"{file}:3: ")

    def test_that_is_missing_empty_or_not_gzip_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "empty.jsonl").write_text("\n\n")
        (tmp_path / "q.jsonl.gz").write_bytes(b"plain")
        for name, message in (
            ("none.jsonl", "cannot be read"),
            ("empty.jsonl", "has no questions"),
            ("q.jsonl.gz", "cannot be read"),
        ):
            with pytest.raises(RequestError, match=message):
                read_questions(tmp_path / name)
