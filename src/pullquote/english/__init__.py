"""Everything that holds for English only.

Sentences, stems, stop words, dates, spelling, kinds of answers, words that refer back.
"""
