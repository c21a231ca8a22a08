"""Commands that have a file of their own, and what all commands share; `cli.py` puts them together."""
