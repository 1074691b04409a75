"""Texts of each language: recognised, and cut where their sentences end."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.spans import Span
from pullquote.english.sentences import sentences as english_sentences
from pullquote.languages.codes import LANGUAGE_NAMES, language_code, language_name
from pullquote.languages.function_words import FUNCTION_WORDS
from pullquote.languages.recognition import recognised_language
from pullquote.languages.sentences import sentences

TEXTS = {
    "de": [
        "Am 3. Mai hat der Stadtrat die neue Brücke für ca. 30 Mio. Euro genehmigt.",
        "Dr. Weber von der Fa. Lindner u. Co. sprach von einem Erfolg, z. B. für die 2. Liga.",
        "„Wir haben lange gewartet“, sagte Frau Prof. Dr. Hahn.",
        "„Jetzt wird gebaut!“",
        "Das Büro ist in der Goethestr. 5, in der Nr. 12 usw.",
        "Die Arbeiten sind am 24.12. beendet.",
        "„Ist das sicher?“, fragte ein Anwohner.",
        "Es waren 1990.",
        "Danach kam J. S. Bach, und Ludwig XIV. Bauherren gab es nicht.",
    ],
    "fr": [
        "M. Dupont et Mme Leroy ont inauguré le pont à 10 h 30, av. Jean-Jaurès.",
        "« Nous avons attendu dix ans ! »",
        "Le maire a répondu : « Qui paiera ? » avant de quitter la salle.",
        "Les travaux, les routes, etc. ont coûté 3,5 millions d'euros, cf. art. 12 de la loi.",
        "J.-L. Martin est né en 1950.",
        "Il a écrit au Dr. Petit, p. 40.",
    ],
    "es": [
        "El Sr. García y la Dra. López llegaron a EE. UU. con la delegación el 3 de mayo.",
        "¿Quién pagará el puente?",
        "«No lo sé», contestó el alcalde.",
        "Según el art. 5, núm. 12, la obra costó 3.500 euros, p. ej. en hormigón, etc.",
        "La gente protestó.",
        "—¿Vienes? —preguntó Ana—.",
        "¡Claro que sí!",
    ],
    "it": [
        "Il sig. Rossi e la dott.ssa Bianchi hanno aperto il ponte il 3 maggio.",
        "«Chi paga?», ha chiesto l'on. Verdi.",
        "La spesa è di 3,5 milioni, cfr. art. 12, pag. 4.",
        "L'ing. G. Neri non ha risposto.",
        "Sono venuti sindaci, tecnici, ecc.",
        "Il resto è noto.",
    ],
    "pt": [
        "O Sr. Silva e a Dra. Costa abriram a ponte no dia 3 de maio.",
        "“Quem vai pagar?”, perguntou o Eng. Souza.",
        "A obra custou 3,5 milhões de reais, segundo o art. 5 da lei.",
        "A av. Paulista não foi fechada.",
        "O prefeito disse: “Não sei.”",
    ],
    "nl": [
        "Dhr. Jansen en mevr. De Vries hebben op 3 mei de brug geopend.",
        "‘Wie betaalt dat?’ vroeg prof. dr. Bakker.",
        "Het kost ca. 30 mln. euro, zie art. 12 van de wet, d.w.z. veel geld.",
        "J. P. Balkenende was er ook bij.",
        "Er waren boeren, vissers, enz.",
        "Daarna ging het regenen.",
    ],
    "sv": [
        "Dr. Lindqvist öppnade bron den 3 maj kl. 10, dvs. två år för sent.",
        "”Vem ska betala?” frågade hon.",
        "Det kostade ca. 30 milj. kronor, bl.a. för stål, enligt s. 12 i rapporten.",
        "”Vi vet inte.”",
        "Sedan gick alla hem.",
    ],
    "da": [
        "Den 3. maj åbnede borgmesteren broen, og det kostede ca. 30 mio. kr. ifølge kommunen.",
        "»Hvem skal betale?« spurgte dr. Holm.",
        "Klubben spiller i 2. Division, f.eks. mod Brøndby.",
        "»Det ved vi ikke.«",
        "Så gik de hjem efter en lang dag, for der var ikke meget mere at se af broen.",
    ],
    "no": [
        "Den 3. mai åpnet ordføreren broen, og det kostet ca. 30 mill. kroner etter planen.",
        "«Hvem skal betale?» spurte dr. Holm.",
        "Laget spiller i 2. Divisjon, bl.a. mot Brann.",
        "«Det vet vi ikke.»",
        "Så gikk de hjem.",
    ],
    "pl": [
        "Prof. Kowalski i dr Nowak otworzyli most przy ul. Długiej 3 maja 2020 r. w Krakowie.",
        "„Kto za to zapłaci?” – zapytał radny.",
        "Budowa kosztowała ok. 30 mln. zł, tj. więcej niż w 2019 r., m.in. na al. Jana Pawła II.",
        "Na Placu im. J. Matejki nie było nikogo.",
        "„To nie jest ważne”.",
    ],
    "ru": [
        "В 2020 г. мост на ул. Ленина открыл проф. А. С. Иванов, это было в 10 ч. утра.",
        "«Кто за это заплатит?» — спросил он.",
        "Стройка обошлась в 30 млн. руб., т. е. дороже, чем в прошлом году, и т. д.",
        "Они не ответили.",
        "«Мы не знаем».",
    ],
    "uk": [
        "У 2020 р. міст на вул. Шевченка відкрив проф. О. П. Коваль, і це було вранці.",
        "«Хто за це заплатить?» — запитав він.",
        "Будівництво коштувало 30 млн. грн., тобто більше, ніж торік, і т. д.",
        "Вони не відповіли.",
        "«Ми не знаємо».",
    ],
    "tr": [
        "Prof. Dr. Ayşe Yılmaz 3 Mayıs günü köprüyü açtı ve bu iş yaklaşık 30 milyon lira tuttu.",
        "“Parayı kim ödeyecek?” diye sordu.",
        "Köprü, 2. Dünya Savaşı ve 19. Yüzyıl gibi çok eski bir dönem için önemli, vb.",
        "Daha sonra herkes gitti.",
        "Atatürk Cad. No. 5 kapalı.",
        "Ama o bilmiyor.",
    ],
    "ar": [
        "افتتح د. أحمد علي الجسر الجديد في المدينة يوم الأحد في الساعة 10.30 صباحا.",
        "من سيدفع ثمن هذا الجسر؟",
        "قال الوزير: «لا نعرف ذلك.»",
        "بلغت التكلفة 30 مليون دولار.",
        "هل هذا صحيح؟!",
    ],
    "fa": [
        "شهردار پل جدید شهر را روز یکشنبه گشود و گفت که کار تمام شده است.",
        "چه کسی هزینه آن را می‌پردازد؟",
        "او گفت: «نمی‌دانیم.»",
        "هزینه پل ۳۰ میلیون دلار بود.",
    ],
    "hi": [
        "डॉ. शर्मा ने रविवार को नए पुल का उद्घाटन किया और कहा कि काम पूरा हो गया है।",
        "इसका खर्च कौन देगा?",
        "प्रो. वी. के. सिंह ने कहा, “हमें नहीं पता।”",
        "पुल पर 3.5 करोड़ रु. खर्च हुए हैं।",
    ],
    "zh": [
        "市长在5月3日为新桥剪彩，工程造价约3.5亿元。",
        "“谁来付钱？”记者问。",
        "他回答说：“我们不知道。”",
        "居民们很高兴！",
        "工程（第二期）明年开始。",
    ],
    "ja": [
        "市長は5月3日に新しい橋を開通させた。",
        "「費用は誰が払うのですか？」と記者が聞いた。",
        "「分かりません。」と市長は答えた。",
        "工事費は約3.5億円だった！",
        "住民は喜んでいる。",
    ],
    "ko": [
        "김 시장은 2024. 5. 3. 새 다리를 열었다.",
        "“누가 비용을 냅니까?”라고 기자가 물었다.",
        "공사비는 약 3.5억 원이었다.",
        "주민들은 기뻐했다!",
        "내년에 2단계 공사가 시작된다.",
    ],
    "fi": [
        "Pormestari avasi sillan 3. toukokuuta klo 10, ja se on maksanut n. 30 milj. euroa.",
        "”Kuka tämän maksaa?” kysyi prof. Virtanen.",
        "Mutta hän ei ole vielä vastannut, että mitä se oli.",
        "Sitten kaikki lähtivät kotiin.",
    ],
    "cs": [
        "Starosta Ing. Novák otevřel most 3. května a ve 2. Lize je to podle něj nejlepší.",
        "„Kdo to zaplatí?“ zeptal se prof. Dvořák.",
        "Stavba stála cca 30 mil. Kč, tj. více než v roce 2019, ale už je to tak.",
        "Nikdo však neodpověděl.",
    ],
}
"""Sentences of news with the traps of their language, by its code."""
SEPARATORS = {"zh": "", "ja": ""}


def split(text: str, language: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)), language)]


@pytest.mark.parametrize("language", TEXTS)
def test_each_sentence_of_a_language_is_whole(language: str) -> None:
    text = SEPARATORS.get(language, " ").join(TEXTS[language])
    found = split(text, language)
    assert found == TEXTS[language]


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_is_recognised_by_its_text(language: str) -> None:
    text = SEPARATORS.get(language, " ").join(TEXTS[language])
    assert recognised_language(text) == language


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("pt_BR", "pt"),
        ("en_US.UTF-8", "en"),
        ("DEU", "de"),
        ("zh-Hans-CN", "zh"),
        ("nb", "no"),
        ("German", "de"),
        ("français", "fr"),
        ("sw", "sw"),
        ("", ""),
        ("und", ""),
        ("go", ""),
        ("java", ""),
        ("the one with the bridge", ""),
    ],
)
def test_a_stated_language_has_a_code(stated: str, code: str) -> None:
    assert language_code(stated) == code


def test_each_language_that_can_be_recognised_has_a_name() -> None:
    assert set(FUNCTION_WORDS) | set(TEXTS) <= set(LANGUAGE_NAMES)
    assert all(language_code(name) == code for code, name in LANGUAGE_NAMES.items())
    assert language_name("sw") == "sw"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Der neue Pool.",
        "Müller, Meier, Schulz, Weber, Wagner, Koch, Bauer, Richter, Klein, Wolf, Neu, Lang, Horn",
        "12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12 34 56 78 90",
        "桥",
    ],
)
def test_a_text_without_enough_words_is_left_unknown(text: str) -> None:
    assert not recognised_language(text)


def test_the_language_is_that_of_the_prose() -> None:
    head, prose = "The town council " * 20, " ".join(TEXTS["de"])
    assert recognised_language(head + prose, len(head)) == "de"


ENGLISH = (
    'Mr. Ortiz left on Oct. 3. No. 5 was empty, the U.S. Army said. "Why?" he asked. So it was.'
)


@pytest.mark.parametrize("language", ["", "en"])
def test_english_and_unknown_texts_keep_the_english_rules(language: str) -> None:
    within = Span(0, len(ENGLISH))
    assert sentences(ENGLISH, within, language) == english_sentences(ENGLISH, within)
    assert sentences(ENGLISH, within, "fr") != english_sentences(ENGLISH, within)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "1. Das Haus. 2. Der Garten.", ["1. Das Haus.", "2. Der Garten."]),
        ("de", "Er kam […] nach Bonn … Dann ging er.", ["Er kam […] nach Bonn …", "Dann ging er."]),
        ("de", "»Komm!« Er lief. »Nein.«", ["»Komm!«", "Er lief.", "»Nein.«"]),
        ("fr", "Né en 50 av. J.-C. Les Romains…", ["Né en 50 av. J.-C.", "Les Romains…"]),
        ("fr", "L’art, etc. L’homme part.", ["L’art, etc.", "L’homme part."]),
        ("fr", "« Oui. » « Non. »", ["« Oui. »", "« Non. »"]),
        ("fr", "«\u00a0Oui\u00a0!\u00a0» Elle rit.", ["«\u00a0Oui\u00a0!\u00a0»", "Elle rit."]),
        ("ar", "ما هذا؟لا أعرف.", ["ما هذا؟", "لا أعرف."]),
        ("ar", "في عام 1445 م. بدأ العمل.", ["في عام 1445 م.", "بدأ العمل."]),
        (
            "ur",
            "یہ کیا ہے؟ مجھے نہیں معلوم۔ وہ گیا۔",
            ["یہ کیا ہے؟", "مجھے نہیں معلوم۔", "وہ گیا۔"],
        ),
        ("el", "Τι είναι αυτό; Δεν ξέρω.", ["Τι είναι αυτό;", "Δεν ξέρω."]),
        ("zh", "他来自U.S. Army。好。", ["他来自U.S. Army。", "好。"]),
        ("ko", "김 씨 등. 끝.", ["김 씨 등.", "끝."]),
        ("nl", "Hij kwam. ’s Avonds ging hij.", ["Hij kwam.", "’s Avonds ging hij."]),
        ("zh", "他走了。她留下。", ["他走了。", "她留下。"]),
        ("sw", "Habari. Ndiyo? Sawa.", ["Habari.", "Ndiyo?", "Sawa."]),
    ],
)
def test_marks_of_a_language_end_its_sentences(
    language: str, text: str, expected: list[str]
) -> None:
    assert split(text, language) == expected


@given(
    st.text(
        alphabet=st.sampled_from(list("aA1zIV .!?…„“”«»\u00a0()[]。？」।؟;\n-—'")), max_size=80
    ),
    st.sampled_from([*sorted(TEXTS), "el", "sw"]),
)
def test_sentences_leave_out_nothing_but_white_space(text: str, language: str) -> None:
    spans = sentences(text, Span(0, len(text)), language)
    at = 0
    for span in spans:
        assert not text[at : span.start].strip()
        assert span.start < span.end
        assert span.of(text) == span.of(text).strip()
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "piece",
    ["a.", "A. ", "1. ", ".", "„", "«\u00a0", "。", "؟”", ";", "; ", "z. B. ", "“。", "? "],
)
@pytest.mark.parametrize("language", ["de", "el", "zh"])
def test_hostile_text_is_cut_in_linear_time(piece: str, language: str) -> None:
    start = time.process_time()
    split(piece * 40_000, language)
    split(piece * 40_000 + "x", language)
    recognised_language(piece * 40_000)
    assert time.process_time() - start < 5
