"""How sure an answer is: the decision, its calibration, the curves that calibrate it."""
