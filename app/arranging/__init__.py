"""Arranging: how coordinators keep a forum's threads in order."""
