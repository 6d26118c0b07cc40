"""The statute book: the IET's own texts as policies, each module beside the text that it stands for.

Nothing outside this package knows the IET. Texts are cited by line and a few deciding words; the rest is said in our
own.
"""
