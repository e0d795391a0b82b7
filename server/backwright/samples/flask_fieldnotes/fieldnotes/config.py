"""What holds unless the environment says otherwise; see the table in README.md."""

SECRET_KEY = None
SQLALCHEMY_DATABASE_URI = "sqlite:///fieldnotes.db"
TOKEN_MAX_AGE = 86_400
