"""The moderators' board of a flash poll: concerns become aspects, by many hands, undoably."""
