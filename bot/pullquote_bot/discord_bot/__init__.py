"""The Discord bot: the one package that imports discord.

`layout` holds what a message is made of as plain values, and everything that is shown is made
from an `Answer` or an `Article` by functions of values in the modules that end in `_layout`.
`client`, `commands` and `buttons` speak to Discord: they acknowledge, ask and reply.
"""
