"""Bytes of pictures, films and documents: what they are, how they look, what they say of themselves."""
