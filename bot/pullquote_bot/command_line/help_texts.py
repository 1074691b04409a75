"""What `--help` says of the program and of each command."""

from __future__ import annotations

EXIT_STATUS = """\
exit status:
  0  answered or done
  1  nothing in the archive answers the question, or a check found something
  2  an error"""
PROGRAM = """\
Answers questions from an archive of articles. Every word of an answer is quoted from an
article, with a citation that can be checked to the character."""
EXAMPLES = f"""\
examples:
  pullquote index my-articles/                  build the index of a folder of articles
  pullquote ask "Who mediated the talks?"       ask one question
  pullquote repl                                ask in conversation

Settings: config/default.toml lists every key; name a file of your own with --config.

{EXIT_STATUS}"""

INDEX = """\
Reads articles and builds an index of them as a new generation beside the live one, then
switches to it. Files that have not changed are not read again, and passages that have not
changed are not embedded again. An interrupted build continues where it stopped. The index
holds these articles and no others. Without a path, here or in the settings, the articles of
the last build are read.

--list, --rollback and --prune read no articles: they list the generations that are kept,
switch to another one, and delete what is not needed.

Articles are files ending in .txt, .md, .jsonl or .jsonl.gz; docs/articles.md describes them."""
WATCH = """\
Builds the index if it does not fit the articles, and again each time files were added, changed
or deleted, as soon as no more changes follow. Prints a line for each build. A build that fails
is reported and tried again; until then the index stays as it is. Ends on SIGTERM (status 0)
and Ctrl-C (status 130)."""
ASK = """\
Prints the quotes that answer a question, best first, each with its citation. If nothing in
the archive answers it, says so and shows the nearest passages.

--batch reads one JSON object a line ({"id", "question", "since"?, "until"?, "source"?,
"asked"?}) and prints one JSON answer a line, in the same order, each as soon as it is ready."""
ARTICLE = """\
Shows one article of the index: its headline, source, date, authors, address, file, id and
SHA-256, then its prose in numbered paragraphs.

--raw prints exactly the text that the offsets of quotes index, in UTF-8 and with nothing
added, so that a citation can be checked by hand. START and END are those of a quote, from
pullquote ask --format json:

  pullquote article ID --raw |
    python3 -c "import sys; print(sys.stdin.buffer.read().decode()[START:END])\""""
BOT = """\
Runs the Discord bot until SIGTERM or Ctrl-C. The bot's token comes from the environment:
DISCORD_TOKEN, or DISCORD_TOKEN_FILE, which names a file that holds it. The log goes to
standard error, one JSON object a line."""
REPL = """\
Answers questions in conversation, and keeps a history of what was typed. Type :help there.
Reads questions from a pipe, too."""
STATUS = """\
Shows what the index holds, when and from what it was built, and whether the articles have
changed since."""
CHECK = """\
Reads every source again and compares it with what the index recorded, slices every passage
again, and hashes every file of the index. Exits with 1 if anything differs."""
EVAL = """\
Asks a set of questions and measures the answers: how often the first quotes hold the expected
answer, how well the confidence separates the questions that the archive answers from those
that it does not, how often answers are wrong, and how long they take. Each metric has a 95%
confidence interval over samples of such questions.

QUESTIONS holds one JSON object a line, {"question": …} and any of "expected" (words, or a
list of alternatives), "choices" with "gold" (the index of the right one, from 0),
"gold_articles" (ids), "answerable" (true or false), "id", "since", "until" and "asked" (the
day of asking, by which "this week" is read).

--compare shows, over the questions that both evaluations asked, each metric minus that of the
other evaluation, with the interval of the difference."""
CALIBRATE = """\
Asks a set of questions, some of which the archive does not answer, and fits the confidence to
the results. Then chooses the threshold: the confidence from which a question is answered, so
that a promise is kept with 95% certainty (by default --at-most-false 10%). The promise holds
for questions like these. If the set is too small for it, the error says how many it takes.

QUESTIONS is what eval reads; at least 20 must be "answerable" and 20 not. The result is
stored beside the index and used from then on; pullquote status shows it."""
