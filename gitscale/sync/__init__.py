"""From a fleet to what bots and database should hold, and how to bring them there."""
