"""The zoo: small models that were really trained, and copies, merges and strangers of them whose truth is known.

The tool's error rates are only worth something on checkpoints whose history is certain, and no public collection
records it. So the benchmark trains its own models, merges them with the tool that people use, and writes down what it
did.
"""
