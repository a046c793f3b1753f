"""From a chat line to readings or a question, in English and Chinese."""
