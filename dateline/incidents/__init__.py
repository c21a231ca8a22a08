"""Many claims in, incidents out: a pure function of claims, decisions and policy, rebuilt at will.

`reconcile.py` holds the method from top to bottom; each step has a file of its own.
"""
