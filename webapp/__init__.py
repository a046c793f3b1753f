"""Face two: the site."""
