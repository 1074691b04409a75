"""Generations over time: publishing, history, the build lock, freshness, integrity."""
