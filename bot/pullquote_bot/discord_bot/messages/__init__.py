"""What Discord shows, as pure functions from values to messages. Nothing here imports discord."""
