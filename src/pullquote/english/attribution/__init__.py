"""Who said what in an article in English: rules over quotation marks and verbs of saying."""
