"""Documents, mail, feeds and archives. Each parser's library is imported by one module only."""
