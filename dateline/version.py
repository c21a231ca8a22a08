"""The version of Dateline, in one place."""

VERSION = "0.1.0"
