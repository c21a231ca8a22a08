"""What Dateline scores, how fast it reads and what it needs: one adapter a data set, beside the pinned floors.

`python -m benchmarks` runs them (docs/benchmarks.md). Nothing in the package `dateline` imports from here.
"""
