"""The index on disk: articles and passages, vectors, the lexical index, the manifest.

This package reads them; pullquote_index writes most of them.
"""
