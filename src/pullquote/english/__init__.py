"""Everything that holds for English only: sentences, stems, stop words, dates, spelling, kinds of answers."""
