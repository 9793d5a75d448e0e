"""Video calls of breakout rooms, at a server that the operator runs or trusts."""
