"""One RFC 5322 message: split from its mbox, sliced into headers, read; never mail as a whole.

`split` finds messages in a stream, `parse.read` makes a `model.Message` of one. Everything here
works on bytes in memory, is linear in their number and bounded by the limits in `limits`; nothing
raises on odd mail, and nothing that leaves holds control characters or lone surrogates.
"""
