"""Who is quoted most, in the form that scripts rely on."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from pullquote.answering.speakers import QuotedSpeaker
from pullquote.json_output.answer import speaker_json
from pullquote.json_output.named_spans import NamedSpanJson


class QuotedSpeakerJson(BaseModel):
    """A speaker: how often they are quoted, and their name and description in an article.

    `key` is the name in lower case; `article_id` is the last article that quotes the speaker, in
    whose text the name and the description are.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    key: str
    attributions: int
    articles: int
    name: NamedSpanJson
    description: NamedSpanJson | None
    article_id: str


class SpeakersJson(BaseModel):
    """The speakers, the most quoted first."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    speakers: tuple[QuotedSpeakerJson, ...]


def speakers_json(speakers: Sequence[QuotedSpeaker]) -> SpeakersJson:
    """Speakers, the most quoted first."""
    return SpeakersJson(speakers=tuple(map(_quoted_speaker_json, speakers)))


def _quoted_speaker_json(quoted: QuotedSpeaker) -> QuotedSpeakerJson:
    words = speaker_json(quoted.article, quoted.speaker)
    assert words is not None
    return QuotedSpeakerJson(
        key=quoted.count.key,
        attributions=quoted.attributions,
        articles=quoted.articles,
        name=words.name,
        description=words.description,
        article_id=quoted.article.id,
    )
