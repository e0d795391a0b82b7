"""Authentication for Express, with the guard that most endpoints of the project are under."""
