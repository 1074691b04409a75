"""The command line: the parser, and one dataclass of arguments for each command.

Nothing here imports a command or a heavy library, so that `--help` and mistakes are quick.
"""
