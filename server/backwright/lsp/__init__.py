"""The language server: one file a feature. Converts and delegates; decides nothing."""
