"""Turning pages: to the previous and the next page, and to any other one."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.corpus.passages import ArticleRow
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.article_sections import ArticleSection
from pullquote_bot.discord_bot.messages.components import MOST_OPTIONS, ActionMenu, Button, Choice
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import labels as discord_labels

PAGE_BUTTON = 1
"""The last number of a page button's custom id, which the buttons that open pages lack."""
_MOST_PARTS = 9
"""Parts of a long article to which the menu of pages leads."""


def page_buttons(
    action: Action,
    generation: GenerationId | None,
    numbers: tuple[int, ...],
    neighbours: tuple[int | None, int | None],
    page: int,
) -> tuple[Button, ...]:
    """The buttons to the previous and the next page; none if there is one page.

    They are always in their places: one that leads nowhere is disabled.

    Args:
        action: what they do.
        generation: the generation of the index.
        numbers: the numbers of their custom ids before that of the page.
        neighbours: the pages before and after; None if there are none.
        page: the page that is shown.
    """
    if neighbours == (None, None):
        return ()
    labels = (discord_labels.PREVIOUS_BUTTON, discord_labels.NEXT_BUTTON)
    mark = () if action is Action.RATINGS else (PAGE_BUTTON,)
    return tuple(
        Button(
            label,
            str(CustomId(action, generation, (*numbers, page if to is None else to, *mark))),
            disabled=to is None,
        )
        for label, to in zip(labels, neighbours, strict=True)
    )


def page_menu(
    row: ArticleRow, generation: GenerationId, section: ArticleSection, index: int, pages: int
) -> ActionMenu:
    """The menu that jumps to a page of an article; of many, to some of them, evenly spread.

    Args:
        row: the article's row.
        generation: the generation of the index.
        section: the section that is shown.
        index: the index in it of the page that is shown.
        pages: how many pages it has.
    """

    def choice(label: str, page: int, *, is_current: bool = False) -> Choice:
        custom_id = CustomId(Action.READ, generation, (row, page, PAGE_BUTTON))
        return Choice(label, str(custom_id), is_current=is_current)

    part, parts = section.number, section.count
    others = [other for other in _spread(parts, _MOST_PARTS) if other != part]
    listed = sorted({*_spread(pages, MOST_OPTIONS - len(others) - 1), index})
    choices = [
        choice(
            discord_contents.page_of(at + 1, pages, part + 1, parts),
            section.numbered(at),
            is_current=at == index,
        )
        for at in listed
    ]
    choices += [
        choice(discord_contents.part_of(other + 1, parts), section.start_of(other))
        for other in others
    ]
    return ActionMenu(discord_labels.PAGE_MENU, tuple(choices), str(CustomId(Action.MENU)))


def _spread(count: int, most: int) -> Sequence[int]:
    """The numbers from 0 to below `count`; of more than `most`, some, evenly spread."""
    if count <= most:
        return range(count)
    return [round(step * (count - 1) / (most - 1)) for step in range(most)]
