"""What stays true of an evaluation after an edit, so that not every edit needs a new one."""
