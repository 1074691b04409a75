"""What articles were cut into last: readers turn the pages of one article one after another."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from pullquote.corpus.articles import Article

Cut = TypeVar("Cut")
_MOST = 64
"""How many are kept. The largest, a section of 2,000 lines, takes 300 kB."""


class RecentCuts(Generic[Cut]):
    """The last results of cutting articles in one way. Safe to share between threads."""

    def __init__(self) -> None:
        """Start with none."""
        self._lock = threading.Lock()
        self._cuts: OrderedDict[Hashable, Cut] = OrderedDict()

    def of(self, article: Article, part: Hashable, cut: Callable[[], Cut]) -> Cut:
        """What an article is cut into.

        Args:
            article: the article; another text under its id is another article.
            part: which part of it is cut; anything that tells the parts apart.
            cut: cuts it, unless that was done lately.
        """
        key = (article.id, len(article.text), hash(article.text), article.prose, part)
        with self._lock:
            found = self._cuts.get(key)
            if found is not None:
                self._cuts.move_to_end(key)
                return found
        made = cut()
        with self._lock:
            self._cuts[key] = made
            if len(self._cuts) > _MOST:
                self._cuts.popitem(last=False)
        return made
