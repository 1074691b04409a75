"""In which language a question is, of few words."""

import pytest

from pullquote.languages.question_language import question_language

OTHERS = """
de Wie viele Menschen starben bei dem Erdbeben?
de Wer hat die Gespräche vermittelt?
fr Qui a négocié l'accord de paix?
fr Combien de soldats ont été tués ?
es ¿Cuántos soldados murieron?
it Chi ha mediato i colloqui?
pt Quem mediou as negociações?
nl Wie heeft de gesprekken bemiddeld?
no Hvor mange soldater ble drept?
da Hvor mange soldater blev dræbt?
ru Кто был посредником на переговорах?
ja 誰が仲介しましたか？
ar من توسط في المحادثات؟
"""
ENGLISH = """
Who mediated the talks?
What did La Paz say?
La Toya de Los Angeles
What is Der Spiegel?
Who is the CEO of Le Monde?
Don Quijote de la Mancha
die hard
que sera sera
Istanbul talks
a la carte
How many died in the war in Bahia de los Angeles?
"""


@pytest.mark.parametrize("line", OTHERS.strip().splitlines())
def test_a_question_in_another_language_is_recognised(line: str) -> None:
    language, question = line.split(maxsplit=1)
    assert question_language(question) == language


@pytest.mark.parametrize("question", ENGLISH.strip().splitlines())
def test_an_english_question_with_foreign_names_stays_english(question: str) -> None:
    assert question_language(question) == ""
