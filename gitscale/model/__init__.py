"""What a fleet is: plain values and arithmetic, no I/O."""
