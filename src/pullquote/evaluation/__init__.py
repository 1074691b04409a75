"""How well an archive answers a set of questions: asked, judged, measured with intervals, compared, drawn."""
