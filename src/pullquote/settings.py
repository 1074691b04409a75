"""The settings: their keys, and how their layers are merged.

`config/default.toml`, then the user's settings file, then `PULLQUOTE_<TABLE>_<KEY>` environment
variables. They are read once, into one frozen object.
"""

# Longer than 250 lines because the tables of the settings stand together.

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import Field

from pullquote.embedding_workers import parse_workers
from pullquote.errors import SettingsError
from pullquote.serve_settings import ServeSettings
from pullquote.settings_archives import ArchivesSettings, archives_in
from pullquote.settings_articles import ArticleSettings
from pullquote.settings_sources import CONFIG_VARIABLE, SettingsSource, read_environment, read_file
from pullquote.settings_stores import StoreAddress, working_folder
from pullquote.settings_types import (
    ApiAddress,
    DiscordIds,
    InterfaceLanguage,
    ModelName,
    RerankerName,
    SettingsPath,
    Share,
    Switch,
    Threshold,
    WorkersText,
    whole_number,
)
from pullquote.settings_validation import SettingsTable, validated

_PACKAGED = Path(__file__).with_name("default.toml")
_CHECKOUT = Path(__file__).parents[2] / "config" / "default.toml"


class IndexSettings(SettingsTable):
    """`[index]`: where the built index is. With a store, `path` is the folder of its builds."""

    path: SettingsPath
    store: StoreAddress
    keep: Annotated[int, whole_number(1, 1_000)]


class PassageSettings(SettingsTable):
    """`[passages]`: how articles are cut."""

    words: Annotated[int, whole_number(20, 180)]


class EncoderSettings(SettingsTable):
    """`[encoder]`: the embedding model and how it runs."""

    model: ModelName
    runtime: Annotated[
        Literal["onnx", "sentence-transformers"],
        Field(description='one of "onnx", "sentence-transformers"'),
    ]
    threads: Annotated[int, whole_number(0, 256)]
    workers: WorkersText

    @property
    def chosen_workers(self) -> int | str:
        """The number of worker processes, or the address of a Dask scheduler; 0 for neither."""
        return parse_workers(self.workers) if self.workers else 0


class RetrievalSettings(SettingsTable):
    """`[retrieval]`: how passages are found."""

    lexical: Annotated[int, whole_number(1, 1_000)]
    dense: Annotated[int, whole_number(1, 1_000)]
    rank_constant: Annotated[int, whole_number(1, 1_000)]
    passages: Annotated[int, whole_number(1, 200)]


class QuoteSettings(SettingsTable):
    """`[quotes]`: how quotes are cut and chosen."""

    sentences: Annotated[int, whole_number(1, 10)]
    words: Annotated[int, whole_number(10, 500)]
    per_article: Annotated[int, whole_number(1, 100)]


class RerankSettings(SettingsTable):
    """`[rerank]`: the model that reads the best spans together with the question."""

    model: RerankerName
    spans: Annotated[int, whole_number(1, 100)]


class AnswerSettings(SettingsTable):
    """`[answer]`: which questions are answered, and with how many quotes."""

    quotes: Annotated[int, whole_number(1, 100)]
    threshold: Threshold
    unsure_threshold: Threshold
    recency: Share
    today: Annotated[Literal["newest", "today"], Field(description='one of "newest", "today"')]


class DiscordSettings(SettingsTable):
    """`[discord]`: the bot."""

    api: ApiAddress
    records: SettingsPath
    shard_count: Annotated[int, whole_number(0, 100_000)]
    shard_ids: DiscordIds
    queue: Annotated[int, whole_number(1, 10_000)]
    user_questions: Annotated[int, whole_number(1, 100_000)]
    server_questions: Annotated[int, whole_number(1, 100_000)]
    user_lookups: Annotated[int, whole_number(1, 100_000)]
    ask_servers: DiscordIds
    ask_roles: DiscordIds
    ask_channels: DiscordIds
    ask_users: DiscordIds
    direct_messages: Switch
    archive: Annotated[str, Field(description="the name of an archive")]
    idle_seconds: Annotated[int, whole_number(1, 10_000_000)]
    full_articles: Switch
    withdraw_servers: DiscordIds
    reindex_servers: DiscordIds
    reindex_minutes: Annotated[int, whole_number(1, 10_080)]
    keep_questions: Switch


class InterfaceSettings(SettingsTable):
    """`[interface]`: how the sentences around quotes are said."""

    language: InterfaceLanguage


class MetricsSettings(SettingsTable):
    """`[metrics]`: what the bot reports to Prometheus."""

    port: Annotated[int, whole_number(0, 65_535)]


class Settings(SettingsTable):
    """All settings. Their defaults are in config/default.toml alone."""

    articles: ArticleSettings
    index: IndexSettings
    passages: PassageSettings
    encoder: EncoderSettings
    retrieval: RetrievalSettings
    quotes: QuoteSettings
    rerank: RerankSettings
    answer: AnswerSettings
    interface: InterfaceSettings
    discord: DiscordSettings
    metrics: MetricsSettings
    serve: ServeSettings
    archives: ArchivesSettings

    def with_index(self, folder: Path) -> Settings:
        """The same settings for an index in another folder, whatever archives they name."""
        index = self.index.model_copy(update={"path": folder, "store": ""})
        return self.model_copy(update={"index": index, "archives": ArchivesSettings()})

    def with_store(self, address: str) -> Settings:
        """The same settings for an index in a database, whatever archives they name.

        Its builds work in a folder of the user's cache, which has copies of its models, too.

        Raises:
            SettingsError: this user has no such folder.
        """
        index = self.index.model_copy(update={"path": working_folder(address), "store": address})
        return self.model_copy(update={"index": index, "archives": ArchivesSettings()})

    def of_archive(self, name: str | None) -> Settings:
        """The settings of an archive that they name: its index, articles and readers.

        Args:
            name: its name; None for the only one, or for `index.path` if they name none.

        Raises:
            SettingsError: they name no such archive, or several and `name` is None.
        """
        if name is None and not self.archives.by_name:
            return self
        archive = self.archives.named(name)
        articles = self.articles.model_copy(update={"paths": archive.articles})
        discord = self.discord.model_copy(update=archive.discord_values())
        settings = self.model_copy(update={"articles": articles, "discord": discord})
        if archive.index is None:
            return settings.with_store(archive.store)
        return settings.with_index(archive.index)

    def with_archive_alone(self, name: str) -> Settings:
        """The same settings with only one of the archives that they name.

        Raises:
            SettingsError: they name no such archive.
        """
        return self.model_copy(update={"archives": self.archives.alone(name)})


def load_settings(environment: Mapping[str, str], file: Path | None = None) -> Settings:
    """Read the settings.

    Args:
        environment: the process's environment variables.
        file: the user's settings file; without one, the file that PULLQUOTE_CONFIG names, if any.

    Raises:
        SettingsError: a file cannot be read, a key is unknown or a value is out of range.
    """
    named = environment.get(CONFIG_VARIABLE)
    chosen = file or (Path(named) if named else None)
    settings = _default_settings()
    if chosen:
        settings = _overlaid(settings, read_file(chosen, chosen.absolute().parent))
    settings = _overlaid(settings, read_environment(environment))
    if settings.index.store:
        folder = working_folder(settings.index.store)
        index = settings.index.model_copy(update={"path": folder})
        settings = settings.model_copy(update={"index": index})
    if settings.discord.archive:
        settings.archives.named(settings.discord.archive)  # raises if there is none
    return settings


def _default_settings() -> Settings:
    """The defaults of config/default.toml; its folders are those of a checkout of the project.

    In any other working directory no articles are named, and the index is in the user's data
    folder, unless the default folder of the index is there.
    """
    source = read_file(_PACKAGED if _PACKAGED.exists() else _CHECKOUT, Path())
    settings = Settings.model_validate(source.tables, strict=True, context=source)
    if Path("config/default.toml").is_file() and Path("src/pullquote").is_dir():
        return settings
    articles = settings.articles.model_copy(update={"paths": ()})
    settings = settings.model_copy(update={"articles": articles})
    if settings.index.path.is_dir():
        return settings
    return settings.with_index(user_data_path("pullquote", appauthor=False) / "index")


def _overlaid(settings: Settings, source: SettingsSource) -> Settings:
    """The settings, with the values of a source in place of theirs.

    Raises:
        SettingsError: a table or a key is unknown, or a value is out of range.
    """
    tables = {}
    for table, values in source.tables.items():
        if not isinstance(values, dict):
            raise SettingsError(
                f"{table} is outside a table",
                where=source.name_of(table, ""),
                mend=f"Write it under one of {_table_names()}",
            )
        if table not in Settings.model_fields:
            raise SettingsError(
                f"there is no table [{table}]",
                where=source.name_of(table, next(iter(values), "")),
                mend=f"The tables are {_table_names()}",
            )
        model: Any = Settings.model_fields[table].annotation
        fields = (
            archives_in(values, source)
            if model is ArchivesSettings
            else {key: validated(model, table, key, value, source) for key, value in values.items()}
        )
        tables[table] = getattr(settings, table).model_copy(update=fields)
    return settings.model_copy(update=tables)


def _table_names() -> str:
    return ", ".join(f"[{name}]" for name in Settings.model_fields)
