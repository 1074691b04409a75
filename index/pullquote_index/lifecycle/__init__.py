"""Generations over time: checking and publishing them, history, the build lock, freshness."""
