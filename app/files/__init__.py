"""Files that stand with posts: checked by content, kept beside the database, never active."""
