"""YAML text to values and back: two reading paths with one meaning, and edits that touch only their span."""
