"""The picture of a poll's words on the screen, drawn every few seconds while concerns come in.

It is kept in the database, so that one process draws it for all of them, and knows what was there
before. Only what everybody sees is in it; what is hidden goes from it at once.
"""
