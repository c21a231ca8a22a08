"""The trained reader: one encoder with several heads, from encoder weights to int8 ONNX. See docs/method.md."""
