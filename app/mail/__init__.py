"""Mail: letters written with the change that causes them, delivered later, or kept to be read."""
