from pathlib import Path

import numpy as np
import pytest

from pullquote.corpus.spans import Span
from pullquote.errors import ArchiveDamaged, EncoderError
from pullquote.models.encoder import Encoder, OnnxEncoder
from pullquote.storage.built_folder import BuiltFolder
from pullquote_index.model_export import packaged_model
from pullquote_index.model_export.encoder_export import find_encoder, load_encoder
from pullquote_index.model_export.reranker_export import export_reranker
from support.archives import settings_for


def encoder_for(folder: Path, **environment: str) -> Encoder:
    """The encoder that the settings name, exported into `folder` if necessary."""
    built = BuiltFolder(folder)
    return load_encoder(find_encoder(settings_for(folder, **environment).encoder, built), built)


TEXTS = [
    "The harbour bridge reopened on Tuesday after eleven months of repairs.",
    "A late frost destroyed most of the apricot harvest.",
    "Who paid for the bridge?",
]


LAYER = "sentence_transformers.models.Normalize"


@pytest.fixture(scope="module")
def folder(encoders: Path) -> Path:
    (only,) = encoders.iterdir()
    return only


def test_an_exported_encoder_agrees_with_sentence_transformers(
    folder: Path, tmp_path: Path
) -> None:
    exported = OnnxEncoder(folder).encode_queries(TEXTS)
    plain = encoder_for(tmp_path, ENCODER_RUNTIME="sentence-transformers").encode_queries(TEXTS)
    assert (exported * plain).sum(axis=1).min() > 0.97
    np.testing.assert_allclose(np.linalg.norm(exported, axis=1), 1, atol=1e-5)
    assert exported.dtype == np.float32


def test_an_encoder_of_sentence_transformers_embeds_sentences_too(tmp_path: Path) -> None:
    encoder = encoder_for(tmp_path, ENCODER_RUNTIME="sentence-transformers")
    text = " ".join(TEXTS[:2])
    (passage,) = encoder.encode_passages(
        [text], [[Span(0, len(TEXTS[0])), Span(len(TEXTS[0]) + 1, len(text))]]
    )
    assert passage.sentences.shape == (2, 384)
    assert float(passage.sentences[0] @ encoder.encode_queries([TEXTS[0]])[0]) > 0.99


def test_a_sentence_is_nearest_to_itself_within_its_passage(folder: Path) -> None:
    encoder = OnnxEncoder(folder)
    text = " ".join(TEXTS)
    starts = [text.index(sentence) for sentence in TEXTS]
    (passage,) = encoder.encode_passages(
        [text], [[Span(at, at + len(sentence)) for at, sentence in zip(starts, TEXTS, strict=True)]]
    )
    assert (passage.sentences @ encoder.encode_queries(TEXTS).T).argmax(axis=1).tolist() == [
        0,
        1,
        2,
    ]


def test_a_sentence_beyond_the_encoders_maximum_length_has_a_vector_of_zeros(folder: Path) -> None:
    text = "word " * 600 + "end"
    (passage,) = OnnxEncoder(folder).encode_passages(
        [text], [[Span(0, 4), Span(len(text) - 3, len(text))]]
    )
    assert passage.sentences[0].any()
    assert not passage.sentences[1].any()


def test_a_batch_gives_the_vectors_that_each_text_alone_gives(folder: Path) -> None:
    encoder = OnnxEncoder(folder)
    together = encoder.encode_queries([*TEXTS, "long " * 100])[: len(TEXTS)]
    alone = np.vstack([encoder.encode_queries([text]) for text in TEXTS])
    assert together.tobytes() == alone.tobytes()


def test_a_passages_vectors_do_not_depend_on_its_batch(folder: Path) -> None:
    encoder = OnnxEncoder(folder)
    texts = [*TEXTS, "A much longer passage. " * 30]
    places = [[Span(0, 10), Span(11, len(text))] for text in texts]
    alone = [
        encoder.encode_passages([text], [spans])[0]
        for text, spans in zip(texts, places, strict=True)
    ]
    for one, other in zip(encoder.encode_passages(texts, places), alone, strict=True):
        assert one.whole.tobytes() == other.whole.tobytes()
        assert one.sentences.tobytes() == other.sentences.tobytes()


def test_no_questions_have_no_vectors(folder: Path) -> None:
    assert OnnxEncoder(folder).encode_queries([]).shape == (0, 384)


def test_packaged_weights_that_are_not_the_published_ones_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packaged_model, "PACKAGED_SHA256", "0" * 64)
    with pytest.raises(EncoderError, match="its authors published 0000"):
        find_encoder(settings_for(tmp_path).encoder, BuiltFolder(tmp_path))


def test_the_error_about_a_missing_model_names_it(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no/such-model: cannot be loaded"):
        encoder_for(tmp_path, ENCODER_MODEL="no/such-model")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("modules.json", "[{}]"),
        ("modules.json", '{"a": 1}'),
        ("config.json", "1"),
        ("modules.json", f'[{{"idx": 0, "name": "", "path": "", "type": "{LAYER}"}}]'),
    ],
)
@pytest.mark.parametrize("runtime", ["onnx", "sentence-transformers"])
def test_a_folder_that_is_no_model_is_one_error(
    tmp_path: Path, name: str, content: str, runtime: str
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / name).write_text(content)
    with pytest.raises(EncoderError, match=r"cannot be (loaded|exported)"):
        encoder_for(tmp_path, ENCODER_MODEL=str(folder), ENCODER_RUNTIME=runtime)
    with pytest.raises(EncoderError, match="cannot be loaded"):
        export_reranker(str(folder), tmp_path)


def test_an_encoder_with_a_missing_file_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(ArchiveDamaged):
        OnnxEncoder(tmp_path)
