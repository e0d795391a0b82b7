"""Providers of text: any OpenAI-compatible endpoint, or none. The only layer that opens sockets."""
