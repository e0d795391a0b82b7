"""Authentication for Flask, with the guard that most endpoints of the project are under."""
