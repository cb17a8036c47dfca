"""One use case a file. Only here do documents, store and sync meet; `workspace` puts them together."""
