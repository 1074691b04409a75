"""What the help of `pullquote eval` and `pullquote calibrate` says."""

EVAL_HELP = """\
Puts a set of questions to the index and tells how well they are answered: how often what is
expected stands in the first quotes, how well the confidence tells the questions that the
archive answers from those it does not, how often answers are wrong, and how long they take;
each figure with the 95% interval that comes of drawing other questions.

QUESTIONS holds one JSON object a line, {"question": …} and any of "expected" (words, or a
list of which one is enough), "choices" with "gold" (the index of the right one, from 0),
"gold_articles" (ids), "answerable" (true or false), "id", "since", "until" and "asked" (the
day of asking, by which "this week" is read).

--compare tells, over the questions that both asked, each figure less the other evaluation's,
with the interval of the difference."""
CALIBRATE_HELP = """\
Asks a set of questions, some of which the archive does not answer, fits the confidence to
what came of it, and chooses from which confidence on a question is answered, so that a
promise is kept with 95% certainty (without one: --at-most-false 10%). What is promised holds
for questions like these. A set that is too small for a promise is told how many it takes.

QUESTIONS is what eval takes, too; at least 20 must be "answerable" and 20 not. The result
is stored beside the index and used from then on; pullquote status shows it."""
