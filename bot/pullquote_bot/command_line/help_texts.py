"""What `--help` says of the program and of each command."""

from __future__ import annotations

EXIT_STATUS = """\
exit status:
  0  answered, not sure, or done
  1  the question is refused, a quote is not word for word, or a check found something
  2  an error"""
PROGRAM = """\
Answers questions from an archive of articles. Every word of an answer is quoted from an
article, with a citation that can be checked to the character."""
EXAMPLES = f"""\
examples:
  pullquote index my-articles/                  build the index of a folder of articles
  pullquote ask "Who mediated the talks?"       ask one question
  pullquote timeline "Istanbul talks"           show what is reported on a subject, by date
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

At the end a table shows the articles of each kind of file, and how many have a headline, a
date, a source and an address. --dry-run shows it without building anything.

docs/articles.md lists the kinds of files that are read, and the fields that are understood."""
PREVIEW = """\
Reads one file as a build would, and shows its articles: headline, source, date, authors,
address, their paragraphs, what of them is never quoted, and the passages that they are cut
into. Writes nothing, and needs no index. Exits with 1 if the file has no article."""
WATCH = """\
Builds the index if it does not fit the articles, and again each time files were added, changed
or deleted, as soon as no more changes follow. Prints a line for each build. A build that fails
is reported and tried again; until then the index stays as it is. Ends on SIGTERM (status 0)
and Ctrl-C (status 130)."""
ASK = """\
Prints the quotes that answer a question, best first, each with its citation. There are three
outcomes: quotes that answer it; quotes under the label "Not sure" that may answer it, or only
come near it; and a refusal, which gives the reason and no quotes.

Dates in the question count ("last Tuesday", "in late October", "since 14 February"): a line under
the answer says how they were used. --since and --until take precedence over them.

--batch reads one JSON object a line ({"id", "question", "since"?, "until"?, "source"?,
"author"?, "asked"?, "as_of"?, "dates"?, "conversation"?}) and prints one JSON answer a line, in the
same order, each as soon as it is ready. Lines with the same "conversation" are its turns, in order.
The outcomes do not change the exit status of a batch: --nearest and --require-answered have no
effect there. Each answer has its "outcome" and its "nearest" passages."""
VERIFY = """\
Says of a quote whether the archive prints it. There are four verdicts: word for word, with every
place, the first printing first; altered, with the nearest place and each change (another number,
name, date, quantity or word, a negation added or lost, words left out or put in, another order);
not in these words, with the sentence that says nearly the same; and not in the archive. Quotation
marks, dashes, spaces, case and an editor's brackets alter nothing, nor does an ellipsis that marks
what is left out of a paragraph. A text with several quotations is judged by each of them. The
whole stored text is searched, headlines and lines that are never quoted included.

--batch reads one JSON object a line ({"id", "text", "speaker"?}) and prints one JSON object a
line, in the same order. Exits with 0 if everything is word for word, with 1 if something is not."""
ARTICLE = """\
Shows one article of the index: its headline, source, date, authors, address, file, id and
SHA-256, then its prose in numbered paragraphs.

--raw prints exactly the text that the offsets of quotes index, in UTF-8 and with nothing
added, so that a citation can be checked by hand. START and END are those of a quote, from
pullquote ask --format json:

  pullquote article ID --raw |
    python3 -c "import sys; print(sys.stdin.buffer.read().decode()[START:END])\""""
WITHDRAW = """\
Withdraws an article: from now on nothing of it is quoted, found, listed or counted, in any
generation of the index. Running bots and prompts follow within seconds. Its words leave the
live index at the next pullquote index, and earlier generations with pullquote index --prune;
its file is yours to delete. Articles that print the same words stay. Without ID, lists who
withdrew what, when and why."""
FEEDBACK = """\
Prints what readers rated in Discord (settings: discord.records) as a set of questions for
pullquote eval, a line of JSON for each answer: its question, how many found it helpful and how
many did not, and their comments. Where most found it helpful, the spans that were quoted are the
evidence. A question is known only if discord.keep_questions was on when its answer was rated."""
SAID = """\
Shows what the articles quote from a person or a body, or report that they said: newest first,
the same statement in several articles once, each with its citation. NAME is the full name, a
part of it, or a role ("the defense minister") by which articles describe who speaks there; if it
means several speakers, they are listed. Exits with 1 if nothing is found.

--all prints a line of JSON for every attribution of the archive: "article_id", the spans of
"content", "cue" and "speaker" in the article's text, the speaker's full "name" with its
"name_span" (null if the article gives none), and "kind": direct, indirect or mixed."""
SPEAKERS = """\
Shows who is quoted most, with the number of their statements and of the articles that have them,
and a chart of it. A name is as the last article that quotes the speaker prints it; words that an
article also writes in small letters ("Details:") are no names. Exits with 1 if nobody is quoted."""
TIMELINE = """\
Shows the quotes that report a subject, one or two a date, oldest first, each with its citation:
the most important ones, without repeats. A quote has the date that it names for what it tells ("on
Friday" counts from the day of publication), as a day, a month or a year; where it names none for
certain, it has the day of publication, which is said. Articles without a date are left out. --since
and --until limit both the days of publication and the dates, and dates in the subject do the same
("since March"). Exits with 1 if the archive reports nothing on the subject.

--format json prints {"date", "date_of": "text" or "publication", "quote"} a line."""
BOT = """\
Runs the Discord bot until SIGTERM or Ctrl-C. The bot's token comes from the environment:
DISCORD_TOKEN, or DISCORD_TOKEN_FILE, which names a file that holds it. The log goes to
standard error, one JSON object a line."""
SERVE = """\
Serves the archive over HTTP until SIGTERM or Ctrl-C: the API for programs, described by
/api/openapi.json, and /healthz, /readyz and /metrics. It listens on this machine alone, unless
--host names another address; then it needs a file of tokens (settings: serve.tokens), or
--open-to-all. The log goes to standard error, one JSON object a line. docs/serve.md has more."""
MCP = """\
Serves the archive to an assistant by the Model Context Protocol, on standard input and output:
the tools ask, search, verify_quote, said, read_article and sources, and articles as resources.
An assistant's settings name this command. With --http it serves at /mcp instead, in one process
with all that pullquote serve has. docs/serve.md has more."""
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
answer, how many questions are answered, shown as not sure and refused, and how many of those
wrongly, how well the confidence separates the questions that the archive answers from those
that it does not, how long the quotes are, and how long an answer takes. Each metric has a 95%
confidence interval over samples of such questions; questions on one article are drawn together.

QUESTIONS holds one JSON object a line, {"question": …} and any of "expected" (words, or a
list of alternatives), "choices" with "gold" (the index of the right one, from 0),
"article" (an id) with "evidence" (spans [start, end) of its text that answer the question: a
quote is right that covers half of one), "further_evidence" (such spans by the ids of other
articles), "gold_articles" (ids), "answerable" (true or false), "id", "since",
"until" and "asked" (the day of asking, by which "this week" is read).

--compare shows, over the questions that both evaluations asked, each metric minus that of the
other evaluation, with the interval of the difference."""
CALIBRATE = """\
Asks a set of questions, some of which the archive does not answer, and fits the confidence to
how often the first three quotes answer. Then chooses two thresholds: the confidence from which
a question is answered, and the one from which its quotes are shown as not sure, so that each
promise is kept with 95% certainty (by default --at-most-false 10% and --at-most-shown 30%).
The promises hold for questions like these. If the set is too small for one, the error says how
many questions it takes.

QUESTIONS is what eval reads; the first three quotes must answer at least 20 of them, and at
least 20 must not be "answerable". The result is stored beside the index and used from then on;
pullquote status shows it."""
