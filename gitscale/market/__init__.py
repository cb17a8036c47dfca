"""What exchanges say: quotes, the feeds they come from, the ranking of symbols. ccxt belongs to this layer alone."""
