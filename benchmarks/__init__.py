"""Figures side by side with peers, and stress at full size; not tests."""
