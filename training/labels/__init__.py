"""Claims labelled by the project's own annotators on reports of the pool: chosen, shown, read back, compared."""
