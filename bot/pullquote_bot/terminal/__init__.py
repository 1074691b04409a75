"""Answers and reports on a terminal."""
