"""Sentences around what is found of a quote. Nothing here is ever part of a quote."""

from __future__ import annotations

from pullquote.translation import say, translate_constants
from pullquote.verification.changes import ChangeKind
from pullquote.verification.verdicts import Attribution, Finding, Verdict, Verification
from pullquote_bot.strings.quantities import counted, day

VERDICTS = {
    Verdict.VERBATIM: "Word for word in the archive.",
    Verdict.ALTERED: "Altered: the archive prints other words.",
    Verdict.PARAPHRASE: "Not in these words. The archive says nearly the same:",
    Verdict.ABSENT: "Not in the archive.",
}
FIRST_PRINTED = "First printed:"
ALSO_PRINTED = "Also printed:"
NEAREST_PLACE = "The archive prints:"
GIVEN = "Given:"
IN_HEADLINE = "in the headline"
BEFORE = "Before it in the sentence:"
AFTER = "After it in the sentence:"
ONLY_TYPOGRAPHY = "Only typography differs."
MARKED_ELISION = "Words are left out where the ellipsis marks it."
NOTHING = "(nothing)"
TORN = "part of a sentence"
OFFER = "If this is a quote, :verify TEXT says whether the archive prints it word for word."
OFFER_COMMAND = (
    "If this is a quote, pullquote verify TEXT says whether the archive prints it word for word."
)
"""Stand below the answer to a statement: at the local prompt, and of `pullquote ask`."""
CHANGES = {
    ChangeKind.NUMBER: "Another number",
    ChangeKind.NAME: "Another name",
    ChangeKind.NEGATION: "A negation added or lost",
    ChangeKind.QUANTIFIER: "Another quantity",
    ChangeKind.DATE: "Another date",
    ChangeKind.WORD: "Another word",
    ChangeKind.OMISSION: "Left out without a mark",
    ChangeKind.ELISION: "Left out, and marked",
    ChangeKind.INSERTION: "Put in",
    ChangeKind.ORDER: "In another order, or joined",
    ChangeKind.TYPOGRAPHY: "Typography",
}
ATTRIBUTIONS = {
    Attribution.CONFIRMED: "The archive gives these words to the speaker named:",
    Attribution.CONTRADICTED: "The archive gives these words to somebody else. Named:",
    Attribution.UNKNOWN: "The archive does not say whose words these are. Named:",
}


def covered(verification: Verification) -> str:
    """The period that the archive covers."""
    first, last = verification.covers
    if first is None:
        return say("No article of the archive has a date.")
    return say("The archive has articles from {first} to {last}.", first=day(first), last=day(last))


def part_of(number: int, count: int) -> str:
    """Which of several quotations of a text follows."""
    return say("Quotation {number} of {count}", number=number, count=count)


def more_places(count: int) -> str:
    """How many further places are not shown."""
    return say("and {places}", places=counted(count, "more place"))


def more_quotations(count: int) -> str:
    """How many further quotations are not shown."""
    return say("and {quotations}", quotations=counted(count, "more quotation"))


def more_changes(count: int) -> str:
    """How many further changes are not shown."""
    return say("and {changes}", changes=counted(count, "more change"))


def remark(finding: Finding) -> str:
    """What a text that is word for word has of typography and marked elisions; mostly empty."""
    kinds = {change.kind for change in finding.changes}
    if finding.verdict is not Verdict.VERBATIM or not kinds:
        return ""
    if ChangeKind.ELISION in kinds:
        return say(MARKED_ELISION)
    return say(ONLY_TYPOGRAPHY)


translate_constants(__name__)
