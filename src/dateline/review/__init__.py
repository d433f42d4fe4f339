"""The review desk: a server on this machine where people read, correct and decide."""
