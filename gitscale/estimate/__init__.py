"""What a ladder would have earned: candles as arrays, fills by strict penetration, resampled days. Pure numpy."""
