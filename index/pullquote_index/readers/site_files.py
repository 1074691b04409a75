"""Files of a site, or of a repository, that are none of its articles."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath

GENERATED_FOLDERS = frozenset(
    "node_modules bower_components __pycache__ _site _layouts _includes _sass _data".split()
)
"""Folders with what builds a site, or with a second copy of its articles."""
_SITE_CONFIGURATIONS = frozenset(
    "config.toml config.yaml config.yml hugo.toml hugo.yaml hugo.yml zola.toml _config.yml "
    "eleventy.config.js eleventy.config.mjs eleventy.config.cjs".split()
)
"""The folder of a site contains one of these files."""
_TEMPLATE_FOLDERS = frozenset("templates layouts themes archetypes".split())
_ABOUT_STEMS = frozenset(
    "README LICENSE LICENCE CONTRIBUTING CODE_OF_CONDUCT CHANGELOG SECURITY COPYING NOTICE AUTHORS "
    "CONTRIBUTORS MAINTAINERS".split()
)
"""In capitals, as programmers write them; in small letters they may be pages of a site."""
_ABOUT_ENDINGS = frozenset({".md", ".markdown", ".txt"})
"""README.md and the like describe a folder: they are no articles of it."""
_CONFIGURATION_STEMS = frozenset(
    "package package-lock tsconfig jsconfig composer manifest vercel netlify renovate lerna turbo "
    "deno firebase theme cspell babel jest angular nx biome typedoc codemeta".split()
)
"""Stems of .json files that configure programs."""


_FOR_PROGRAMS = frozenset(
    "robots.txt humans.txt ads.txt app-ads.txt security.txt llms.txt llms-full.txt "
    "sitemap.xml sitemap_index.xml sitemap-index.xml browserconfig.xml opensearch.xml".split()
)
"""Files of a site that programs read: crawlers, browsers."""
_PROOF_OF_OWNER = re.compile(r"(?:google|yandex_|pinterest-)[0-9a-f]{5,32}\.html")
"""A page that proves to a search engine whose site it is."""


def is_generated(folder: str, beside: Collection[str]) -> bool:
    """Whether a folder builds a site, or holds a second copy of its articles.

    Args:
        folder: its name.
        beside: the names of the files beside it.
    """
    return folder in GENERATED_FOLDERS or (
        folder in _TEMPLATE_FOLDERS and not _SITE_CONFIGURATIONS.isdisjoint(beside)
    )


def is_about_the_folder(name: str) -> bool:
    """Whether a file of this name describes a folder, or is for programs."""
    path = PurePath(name)
    if name.lower() in _FOR_PROGRAMS or _PROOF_OF_OWNER.fullmatch(name.lower()):
        return True
    suffix = path.suffix.lower()
    if suffix in _ABOUT_ENDINGS:
        return path.stem.lower() == "readme" or path.stem.replace("-", "_") in _ABOUT_STEMS
    return suffix == ".json" and path.stem.lower() in _CONFIGURATION_STEMS
