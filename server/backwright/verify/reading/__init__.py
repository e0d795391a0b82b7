"""The parts of reading a reply: its blocks, their addresses, patches in it."""
