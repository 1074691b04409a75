"""What happens on a command, a button or a mention. Imports discord."""
