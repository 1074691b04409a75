"""Delivery: the command line, the local prompt and the Discord bot."""
