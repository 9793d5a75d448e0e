"""Accounts: sign-in, invitations, passwords, profiles, and one's own data."""
