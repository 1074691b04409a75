"""The index on disk, read: articles, vectors, the lexical index, the manifest."""
