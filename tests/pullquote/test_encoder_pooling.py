import json
import shutil
from pathlib import Path

import numpy as np

from pullquote.corpus.spans import Span
from pullquote.models.encoder import OnnxEncoder

TEXT = "The harbour bridge reopened. A late frost destroyed the harvest."
SENTENCES = [Span(0, 28), Span(29, len(TEXT))]


def test_a_model_that_pools_by_its_first_token_reads_each_sentence_separately(
    encoders: Path, tmp_path: Path
) -> None:
    (folder,) = encoders.iterdir()
    copy = tmp_path / "encoder"
    shutil.copytree(folder, copy)
    card = json.loads((copy / "encoder.json").read_text())
    (copy / "encoder.json").write_text(json.dumps({**card, "pooling": "cls"}))
    encoder = OnnxEncoder(copy)
    (passage,) = encoder.encode_passages([TEXT], [SENTENCES])
    np.testing.assert_allclose(
        passage.sentences, encoder.encode_queries([span.of(TEXT) for span in SENTENCES]), atol=0.05
    )


def test_a_words_vector_is_of_norm_1_and_depends_on_the_words_around_it(encoders: Path) -> None:
    encoder = OnnxEncoder(next(encoders.iterdir()))
    river, money = "The river bank was muddy.", "The bank lent money."
    banks = [
        encoder.encode_words(text, [Span(text.index("bank"), text.index("bank") + 4)])
        for text in (river, money)
    ]
    assert [vectors.shape for vectors in banks] == [(1, 384), (1, 384)]
    np.testing.assert_allclose([np.linalg.norm(vectors) for vectors in banks], 1, atol=1e-5)
    assert 0.2 < float((banks[0] @ banks[1].T).item()) < 0.95


def test_a_word_is_nearer_to_one_of_like_meaning_than_to_another(encoders: Path) -> None:
    encoder = OnnxEncoder(next(encoders.iterdir()))
    text = "fatalities died apricots"
    vectors = encoder.encode_words(text, [Span(0, 10), Span(11, 15), Span(16, 24)])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_a_word_beyond_the_encoders_tokens_has_a_vector_of_zeros(encoders: Path) -> None:
    encoder = OnnxEncoder(next(encoders.iterdir()))
    text = "bridge " * 1_000
    vectors = encoder.encode_words(text, [Span(0, 6), Span(len(text) - 7, len(text) - 1)])
    assert np.linalg.norm(vectors[0]) > 0.9
    assert not vectors[1].any()
