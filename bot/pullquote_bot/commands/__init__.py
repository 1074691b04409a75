"""The commands, one module each: `run(arguments, streams, environment)` returns the exit status."""
