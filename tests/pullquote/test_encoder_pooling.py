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
