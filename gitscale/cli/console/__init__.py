"""The interactive console: a loop, what it carries out, and the two kinds of terminals it is shown on."""
