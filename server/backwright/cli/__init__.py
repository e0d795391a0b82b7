"""The command line: reads arguments, delegates, prints."""
