"""Bots in the words of other trading engines."""
