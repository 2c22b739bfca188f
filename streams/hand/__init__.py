"""Cases reckoned by hand: files that an official reads and writes, held against the rules (docs/rules.md)."""
