"""The state of a running bot: open archives, question queue, rate limits, database. No discord."""
