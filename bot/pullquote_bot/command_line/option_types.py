"""The types of option values: each reads the text that was typed, or says what is wrong with it."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from pullquote.embedding_workers import parse_workers
from pullquote.english.dates import parse_date
from pullquote.english.typed_periods import Limit, limit_day
from pullquote.errors import RequestError, SettingsError
from pullquote.store_address import checked_address


def whole_number(minimum: int, maximum: int) -> Callable[[str], int]:
    """A type for whole numbers from `minimum` to `maximum`."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = minimum - 1
        if not minimum <= number <= maximum:
            raise argparse.ArgumentTypeError(
                f"{text!r} is not a whole number from {minimum} to {maximum}"
            )
        return number

    return read


def share(text: str) -> float:
    """A share between 0 and 1, both excluded: 10% or 0.1.

    Raises:
        argparse.ArgumentTypeError: the text is no such share.
    """
    digits = text.strip().removesuffix("%")
    try:
        value = float(digits) / (100 if text.strip().endswith("%") else 1)
    except ValueError:
        value = 0.0
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share such as 10% or 0.1")
    return value


def workers(text: str) -> int | str:
    """A number of worker processes, or the address of a Dask scheduler.

    Raises:
        argparse.ArgumentTypeError: the text is neither.
    """
    try:
        return parse_workers(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def store_address(text: str) -> str:
    """The address of a database. What was typed is not shown: it may hold a password.

    Raises:
        argparse.ArgumentTypeError: it is none, or has a password.
    """
    try:
        address = checked_address(text)
    except SettingsError as error:
        raise argparse.ArgumentTypeError(f"{error.what}. {error.mend}") from error
    if not address:
        raise argparse.ArgumentTypeError("is empty")
    return address


def path(text: str) -> Path:
    """A path that is not empty.

    Raises:
        argparse.ArgumentTypeError: the text is empty.
    """
    if not text:
        raise argparse.ArgumentTypeError("is empty")
    return Path(text)


def period(text: str) -> str:
    """A day or a period, as people type it.

    Raises:
        argparse.ArgumentTypeError: the text names no day or period.
    """
    try:
        limit_day(text, Limit.SINCE, dt.datetime.now(dt.UTC).date())
    except RequestError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def date(text: str) -> dt.date:
    """A day, as 2025-10-30 or in English words.

    Raises:
        argparse.ArgumentTypeError: the text names no day.
    """
    day = parse_date(text)
    if day is None:
        raise argparse.ArgumentTypeError(
            f'{text!r} is not a date such as 2025-10-30 or "30 October 2025"'
        )
    return day
