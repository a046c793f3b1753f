"""What must survive: each family of rows as sealed objects, and back from them."""
