"""Models as each ORM declares them, in the manner of those that a project has."""
