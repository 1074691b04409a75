"""What a running bot works with: open archives, the queue of questions, limits, records. Imports no discord."""
