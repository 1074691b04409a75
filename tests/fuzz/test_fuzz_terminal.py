from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.answers import Answer
from pullquote.corpus.articles import Article
from pullquote_bot.terminal.answer_text import answer_text
from pullquote_bot.terminal.article_text import article_text
from pullquote_bot.terminal.context_text import context_text
from pullquote_bot.terminal.preview_text import short_article, whole_article
from pullquote_bot.terminal.screen import Screen, quoted_lines
from support.hostile_articles import answers, articles
from support.hostile_text import unsafe_in

KEPT = set("\t\u200c\u200d\ufe0e\ufe0f")
"""Tabs, and what joins emoji or letters: a quote has them where they change what is seen."""
SCREENS = st.sampled_from([Screen(40, colour=False), Screen(None, colour=False)])


def check(text: str) -> None:
    for line in text.split("\n"):
        assert not unsafe_in(line) - KEPT, ascii(line)


@given(answers(), SCREENS)
def test_any_answer_is_visible_on_a_terminal(answer: Answer, screen: Screen) -> None:
    check(answer_text(answer, screen, nearest=True))
    for number, quote in enumerate(answer.shown[:2], start=1):
        check(context_text(number, quote, screen))


@given(articles(), SCREENS)
def test_any_article_is_visible_on_a_terminal(article: Article, screen: Screen) -> None:
    check(article_text(article, screen))
    check("\n".join(short_article(1, article, screen)))
    check(whole_article(article, 120, screen))


@given(st.text(), st.integers(40, 100))
def test_any_text_is_in_rows_without_a_lost_character(text: str, width: int) -> None:
    rows = quoted_lines(text, width)
    whole = quoted_lines(text, None)
    assert "".join(rows).replace(" ", "") == "".join(whole).replace(" ", "")
