from flask import Flask

from journal.config import Config

app = Flask(__name__)
app.config.from_object(Config)

from journal.main import bp as main_bp  # noqa: E402

app.register_blueprint(main_bp)

from journal.account import bp as account_bp  # noqa: E402

app.register_blueprint(account_bp, url_prefix="/account")

from journal import feeds, hooks  # noqa: E402, F401
