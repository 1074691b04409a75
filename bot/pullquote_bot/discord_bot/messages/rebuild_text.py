"""What the administrator who rebuilds the index reads."""

from __future__ import annotations

from pullquote_bot.discord_bot.messages.markdown import escape
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.serving.rebuild_process import RebuildDone, RebuildFailed, RebuildStep
from pullquote_bot.visible_text import one_line

_LONGEST_REASON = 1_500
"""Characters of the reason of a failed rebuild."""


def rebuild_text(event: RebuildStep | RebuildDone | RebuildFailed, seconds: float) -> str:
    """The progress or the end of a rebuild, as markdown.

    Args:
        event: the progress or the end.
        seconds: the time since the rebuild began.
    """
    match event:
        case RebuildStep(name, share):
            progress = escape(discord_moderation.rebuild_step(name, share))
            return f"{discord_moderation.REBUILD_BEGUN}\n-# {progress}"
        case RebuildFailed(reason):
            return discord_moderation.rebuild_failed(escape(one_line(reason)[:_LONGEST_REASON]))
        case RebuildDone(report):
            return discord_moderation.rebuilt(
                int(str(report["articles"])),
                int(str(report["embedded"])),
                seconds,
                switched=bool(report["built"]),
            )
