"""What must hold when a command or a sync dies, or something under it fails, at any step."""
