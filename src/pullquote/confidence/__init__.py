"""The confidence of an answer: the decision, its calibration, the curves that calibrate it."""
