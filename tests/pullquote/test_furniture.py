"""Lines that are not an article's words are recognised, and lines that are stay."""

import pytest

from pullquote.english.furniture import heads_related_links, is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Share this",
        "Facebook",
        "X",
        "WhatsApp",
        "ADVERTISEMENT",
        "3 min read",
        "By Ana Example",
        "By ANA EXAMPLE and Bo Example, Norrvik Post",
        "Published: 12 March 2025 | Updated 13 March 2025, 08:15",
        "Updated 1:23 p.m.",
        "ALSO READ: Why did the storm hit the school of Norrvik so hard? Experts explain",
        "Read more: What the headmaster of the Lindvik school said about the new roof",
        "[Related: A harbour without a crane]",
        "More:The mayor withdraws her plan",
        "Related Stories",
        "Sign up for our newsletter. You have been successfully subscribed to our newsletter!",
        "We use cookies to improve your experience. Accept all",
        "You are logged in",
        "Subscribe now to keep reading about the school in Lindvik",
        "© 2025 Norrvik Post. All rights reserved. This may not be published or rewritten.",
        "Follow Ana Example on Twitter @anaexample",
        "If you enjoyed this article, we have a proposition for you.",
        "The post Party wins appeared first on Norrvik Times.",
        "Photo: A. Example / Norrvik Post",
        "(Reporting by Ana Example; editing by Bo Example)",
        "The Associated Press contributed to this report.",
        "Reach Ana Example at ana@norrvik.example or follow her on Twitter",
        "Get the day’s top headlines delivered to your inbox every morning.",
    ],
)
def test_furniture_is_recognised(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "NORRVIK (Example News) - The mayor withdrew the plan on Friday.",
        "Share prices fell on Monday after the port closed.",
        "By Friday the ferry had sailed four times.",
        "By the end of the year the bridge will be open.",
        "Updated figures show that 12 people were hurt.",
        "The photo shows the mayor in front of the town hall.",
        "Copying the plan costs 12 crowns, the clerk said.",
        "Read by two thousand people, the letter moved the council.",
        "Related costs are not included, the insurer said.",
        "More than 300 pupils were taught in the town hall.",
        "Register to vote by 5 October, the clerk said.",
        "Follow the coast road for two miles to reach the lighthouse.",
        "Correction: the bridge is 62 metres long.",
        "“Sign here,” she said.",
        "Join the council in the harbour on Saturday to see the new crane.",
        "Sponsored walks raised 4,000 crowns for the roof.",
        "The council contributed 4,000 crowns.",
        "All rights to the crane were sold in May.",
        "Contact our grants team at grants@norrvik.example.",
        "Reach out to the press office at press@norrvik.example.",
        "Read::read_vectored and Write::write_vectored",
    ],
)
def test_what_an_article_says_is_not_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_long_paragraph_is_prose_however_it_begins() -> None:
    assert not is_furniture("Read more: " + "the roof of the school was replaced. " * 20)


def test_headings_of_links_are_recognised() -> None:
    assert all(map(heads_related_links, ("Related Stories", "READ MORE:", "Most read")))
    assert not heads_related_links("Related costs of the roof")
