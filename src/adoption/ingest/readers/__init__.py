"""What publishers give, read: one module a publisher, from bytes to acts or to a table.

Each reader is a pure function of the bytes and of a name for errors. It raises
`core.decode.UnreadableError` and nothing else, whatever the bytes.
"""
