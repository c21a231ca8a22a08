"""Printing for people at a terminal: what a record, a claim or a ledger holds, in words, at any width.

`phrasing` puts the parts of a claim into words, `layout` sets words into columns and blocks, the other files are one
page each. Nothing here decides anything: every word printed stands in the record.
"""
