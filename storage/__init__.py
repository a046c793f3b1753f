"""Where things are kept: the database, the keys, the two clouds."""
