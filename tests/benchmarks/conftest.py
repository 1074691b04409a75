"""Makes the modules of benchmarks/ importable; they are scripts, not a package."""

import sys

from support.archives import ROOT

sys.path.append(str(ROOT / "benchmarks"))
