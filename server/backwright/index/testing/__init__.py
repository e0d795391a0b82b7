"""The tests of a workspace: which there are, what they ask for, and which routes they reach."""
