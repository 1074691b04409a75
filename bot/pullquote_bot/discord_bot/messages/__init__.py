"""What Discord shows, as pure functions from values to messages. Imports no discord."""
