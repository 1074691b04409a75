"""The names, in the settings, of the rerankers that come with the package."""

SPANS_RERANKER = "pullquote-reranker"
"""The one that reads spans."""
READER = "pullquote-reader"
"""The one that reads passages."""
NONE = "none"
"""No reranker."""
OWN_NAMES = (SPANS_RERANKER, READER, NONE)
"""The names that need no export."""
