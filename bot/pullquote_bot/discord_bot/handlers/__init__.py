"""What the bot does on a command, a button or a message. Imports discord."""
