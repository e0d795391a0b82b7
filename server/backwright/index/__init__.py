"""The project as a whole: files, resolution across them, and the snapshot that readers see."""
