"""The command line: parse with click, call, print. No decisions."""
