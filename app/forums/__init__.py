"""Forums: threads of posts with replies, the one mechanism for every discussion."""
