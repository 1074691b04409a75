"""The models that answering runs, on ONNX Runtime: the encoder and the reranker."""
