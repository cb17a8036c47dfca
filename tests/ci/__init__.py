"""Where the gate runs: the action, the hooks, the templates, the comment."""
