"""Plain sentences to canonical commands: deterministic, offline, and strict where something would change.

`tokens` finds the words a sentence is made of, whatever their spelling; `lexicon` says what they stand for; `changes`
reads a wish to change something, and `answers` a question. `understand` puts them together.
"""
