"""Answers and explanations as JSON."""
