"""What /explain says: a page for everything that a word may name, with the figures of a bot worked in."""
