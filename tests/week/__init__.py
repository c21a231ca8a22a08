"""The made-up week of `demo/week`, measured against its gold."""
