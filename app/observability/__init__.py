"""What an operator sees of a running process: health, readiness, metrics, and its log."""
