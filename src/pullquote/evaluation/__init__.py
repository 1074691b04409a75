"""Evaluation: ask a question set, judge the answers, report metrics with intervals, calibrate."""
