"""The weights of Dateline's large reader; dateline/reading/reader.py finds them by this package's name."""
