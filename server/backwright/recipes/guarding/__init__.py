"""Guards that a project has: how its endpoints use them, and how another comes to use one."""
