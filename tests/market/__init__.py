"""What exchanges say, and what happens when they say it badly."""
