"""Whether words that are said to be quoted stand in the archive, and what was changed in them."""
