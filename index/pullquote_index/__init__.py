"""From articles to an index: reading, cutting into passages, embedding, building."""
