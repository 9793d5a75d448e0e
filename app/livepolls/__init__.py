"""Flash polls: concerns, their grouping into aspects, and what follows from them."""
