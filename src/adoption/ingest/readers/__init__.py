"""Readers of publishers' files: one module per publisher, from bytes to acts or a table.

Each reader is a pure function of the bytes and of a name for errors. For any bytes it either
returns a result or raises `core.decode.UnreadableError`.
"""
