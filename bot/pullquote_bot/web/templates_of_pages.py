"""Renders the templates of the reading page: every value is escaped and made visible.

The one module that imports Jinja.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jinja2
import markupsafe

from pullquote.translation import say, spoken
from pullquote_bot.strings.quantities import counted
from pullquote_bot.visible_text import visible

_CUT = "\0cut\0"
"""Where a page is cut in two parts; no value has this, because it is made visible."""


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pullquote_bot.web"),
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals["say"] = say
    environment.globals["counted"] = counted
    environment.globals["spoken"] = spoken
    environment.globals["cut"] = markupsafe.Markup(_CUT)  # noqa: S704 - a constant
    return environment


def _shown(value: Any) -> Any:
    """A value as a page shows it: no invisible character of an article reaches a reader."""
    return visible(value) if type(value) is str else value


def rendered(template: str, **values: Any) -> str:
    """A whole page without results."""
    values = {"found": None, "problem": None, **values}
    page = _environment().get_template(template).render(values)
    return page.replace(_CUT, "")


def streamed(template: str, **values: Any) -> tuple[str, Callable[..., str]]:
    """The first part of a page, which needs no results, and what makes the rest.

    The second takes the values of the results, and `problem`.
    """
    page = _environment().get_template(template)
    head = page.render(found=None, problem=None, **values).partition(_CUT)[0]

    def rest(*, problem: Any, **found: Any) -> str:
        whole = page.render(found=found or None, problem=problem, **values)
        return whole.partition(_CUT)[2]

    return head, rest
