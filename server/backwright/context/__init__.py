"""The pack that a model may see: ranked, within a budget, printable, with secrets masked."""
