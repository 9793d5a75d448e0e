"""Composing posts: mentions, quotes, cards of what is linked, and drafts kept on the server."""
