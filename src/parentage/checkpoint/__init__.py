"""Tensors out of bytes: headers, checkpoints, roles and pairs."""
