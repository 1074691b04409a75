"""One module for each command. Each has `run(arguments, streams, environment)`, which returns the exit status."""
