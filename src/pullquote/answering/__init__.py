"""From a question to an answer: query, retrieval, windows, reranking, quotes."""
