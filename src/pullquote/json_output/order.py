"""As JSON, whether the newest or the oldest statement comes first."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from pullquote.english.order_cues import StatementOrder
from pullquote.english.statement_order import OrderAsked


class OrderJson(BaseModel):
    """Which statement of the same thing comes first, and the words that ask for it, if any do."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    first: StatementOrder
    from_words: str


def order_json(order: OrderAsked | None) -> OrderJson | None:
    """The order in the form that scripts rely on; None for none."""
    return OrderJson(first=order.order, from_words=order.words) if order else None
