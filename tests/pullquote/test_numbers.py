"""Numbers, sums of money and abbreviations are compared in one spelling."""

import pytest

from pullquote.english.stems import analyse


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("forty-three people", "43 people"),
        ("forty three people", "43 people"),
        ("Fifty-Seven", "57"),
        ("seven", "7"),
        ("sixteen", "16"),
        ("sixty", "60"),
        ("zero", "0"),
        ("twenty-one-year-old", "21-year-old"),
        ("two hundred", "200"),
        ("two hundred and five", "205"),
        ("two hundred five", "205"),
        ("one hundred", "100"),
        ("three thousand and twelve", "3,012"),
        ("one hundred and twenty thousand", "120,000"),
        ("two hundred thousand", "200,000"),
        ("two hundred million", "200,000,000"),
        ("5,000", "5000"),
        ("1,234,567", "1234567"),
        ("three million", "3,000,000"),
        ("3.5 million", "3,500,000"),
        ("0.5 million", "500,000"),
        ("3-million", "3 million"),
        ("10bn euros", "10 billion euros"),
        ("7.1234567 million", "7123456.7"),
        ("£38m", "38 million pounds"),
        ("£38M", "£38 million"),
        ("£38mn", "£38,000,000"),
        ("£1.5bn", "1.5 billion pounds"),
        ("£ 5", "5 pounds"),
        ("€14m", "14 million euros"),
        ("$2k", "2,000 dollars"),
        ("$1tn", "one trillion dollars"),
        ("¥100", "100 yen"),
        ("one million people", "1,000,000 people"),
        ("one per cent", "1%"),
        ("US$5m", "US 5 million dollars"),
        ("$1.2345k", "1234.5 dollars"),
        ("60%", "sixty per cent"),
        ("60 %", "60 percent"),
        ("7.5 per cent", "7.5 percent"),
        ("the U.S. army", "the US army"),
        ("the U.N.", "the UN"),
    ],
)
def test_two_spellings_of_a_number_or_an_abbreviation_have_the_same_stems(
    text: str, same: str
) -> None:
    assert analyse(text) == analyse(same)


@pytest.mark.parametrize(
    ("text", "different"),
    [
        ("100m race", "£100m race"),
        ("100m race", "100,000,000 race"),
        ("5k run", "5,000 run"),
        ("one of them", "1 of them"),
        ("no one", "no 1"),
        ("version 1.0", "version 2.0"),
        ("version 1.0", "version 10"),
        ("1.5", "15"),
        ("two three", "23"),
        ("two three", "5"),
        ("two and three", "five"),
        ("twenty ten", "30"),
        ("1, 234", "1,234"),
        ("£5", "€5"),
        ("£5", "5"),
        ("5%", "5"),
        ("sixty", "sixteen"),
        ("weighty", "weigh 80"),
        ("one thousand two thousand", "3,000"),
        ("The end. Of it.", "The endOf it."),
    ],
)
def test_two_different_numbers_have_different_stems(text: str, different: str) -> None:
    assert analyse(text) != analyse(different)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("two three", ["2", "3"]),
        ("one of them", ["one", "of", "them"]),
        ("two or three", ["2", "or", "3"]),
        ("sevenfold", ["sevenfold"]),
        ("ten-year-olds", ["10", "year", "old"]),
        ("hundreds of thousands", ["hundr", "of", "thousand"]),
        ("$1.50 each", ["1point50", "dollar", "each"]),
        ("007", ["007"]),
        ("COVID-19", ["covid", "19"]),
        ("1st", ["1st"]),
    ],
)
def test_stems_of_numbers(text: str, stems: list[str]) -> None:
    assert analyse(text) == stems


def test_a_number_of_thousands_of_digits_or_number_words_is_read() -> None:
    assert analyse("1" * 5_000 + " million tons") == ["ton"]  # too long for a stem
    assert analyse("one" + " hundred" * 3_000)[:2] == ["100", "hundr"]
