"""The Discord bot.

- `messages/`: pure functions from values to messages; imports no discord.
- `typed_questions`, `archive_lookups`, `suggestions`: what is asked of an archive, and the messages
  that it gives; imports no discord.
- `handlers/`: what happens on a command, a button or a mention. With `client`, `running` and
  `discord_patches`, these are the only modules that import discord.
"""
