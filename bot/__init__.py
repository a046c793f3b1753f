"""Face one: the chat."""
