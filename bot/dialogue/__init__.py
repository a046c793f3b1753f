"""A message in, replies out; knows no channel."""
