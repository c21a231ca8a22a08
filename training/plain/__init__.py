"""The plain reader's weights: `python -m training.plain.teach` and then `python -m training.plain.fit` make them again."""
