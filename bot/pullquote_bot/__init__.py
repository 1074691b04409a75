"""Delivery: the command line, the local prompt and, through them, every answer's last step to its reader."""
