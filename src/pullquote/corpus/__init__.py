"""Articles and places in them: spans, paragraphs, passages, hashes.

Values only; no heavy library is imported here.
"""
