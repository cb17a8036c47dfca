"""`gitscale sync --watch`: the controller as a process: its rhythm, its signals, its HTTP door, its log."""
