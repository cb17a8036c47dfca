"""Git: revisions read without the work tree, commits written by compare-and-swap, history."""
