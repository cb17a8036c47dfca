"""How much one file may hold. Together these bound the time and memory a hostile file can take."""

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
# keys, values, lists and mappings together; a full bot has some 250
MAX_VALUES = 10_000
# more are not told: whoever has that many reads from the top
MAX_PROBLEMS = 100
