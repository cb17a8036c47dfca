"""The risk gate: what a fleet, or a change to it, can cost."""
