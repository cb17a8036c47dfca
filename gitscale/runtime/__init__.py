"""What runs: what bot processes say of themselves."""
