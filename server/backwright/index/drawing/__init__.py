"""The family of routes that are drawn: blocks whose words are methods of what draws."""
