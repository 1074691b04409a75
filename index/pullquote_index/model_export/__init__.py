"""Exports sentence-transformers models to ONNX models with int8 weights."""
