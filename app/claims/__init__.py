"""Claims: a guest becomes an account, by the device or the return link; never by a name."""
