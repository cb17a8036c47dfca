"""Figures side by side with their peers: `python -m benchmarks` prints one table."""
