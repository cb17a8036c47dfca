"""The sha256 of every schema file of this version; written by scripts/generate.py."""

# fmt: off
DIGESTS = {
    "schemas/bot.schema.json": "1ef2826e814cb56f48d1403dd193fd76dd0e1c48dd72969f59b677f95c75bbae",
    "schemas/profiles.schema.json": "e573512723d78cf06ce1658fb1db9df095e8f48b154f0d66065ca82fa7bedbd4",
    "schemas/policy.schema.json": "5efeb86ef8eb4fdedfb2455e3090ee964f0e96e91ec156403eb7b1491a30cc0d",
    "schemas/facts.schema.json": "f26d77da59e8b67d49c1d470b176dd7d6094ddca1fe33d55465b1b95cbee70a8",
}
