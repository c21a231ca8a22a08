"""The gate's weights: which reports hold something for a conflict record.

    python -m training.gate --data ../shared

First our own reader reads a sample of the news pool (`labels.py`), which takes some minutes and is kept in --scratch;
a report without a claim of any weight is one that holds nothing, one with several is one that holds something. To these
come the annotated training reports. Then the table is fitted (`fit.py`) and the threshold is chosen on training reports
that each fold had not seen (`__main__.py`). What is measured (`samples.py`) is never fitted on.
"""
