"""The Scaling Agent: one table of commands, lines parsed into requests, results put into replies."""
