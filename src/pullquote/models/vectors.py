"""Types of vectors."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""float32, (n, dimension), rows of norm 1."""
