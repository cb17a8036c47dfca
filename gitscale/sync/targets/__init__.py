"""Where rendered bots go: JSON files and database rows."""
