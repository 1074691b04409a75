"""The models at run time: the encoder and the reranker, on ONNX Runtime."""
