"""A round before it begins: its rules, who has what in common, and what would come of it."""
