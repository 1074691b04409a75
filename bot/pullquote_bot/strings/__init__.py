"""Every sentence of the interface, in modules named after what they speak of.

Discord's own sentences are in `discord_bot/discord_strings.py`, help texts in `command_line/`,
and an error's words where it is raised.
"""
