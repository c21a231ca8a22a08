"""Labels of time expressions in reports of the pool."""
