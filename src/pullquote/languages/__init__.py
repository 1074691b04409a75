"""Which language a text is in, and where its sentences end. English has a folder of its own."""
