"""Blocks as text and as Markdown, each a pure function; whatever is foreign is cleaned here."""
