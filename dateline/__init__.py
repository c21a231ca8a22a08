"""Dateline reads news reports about armed conflict and keeps an auditable record of what each one claims."""
