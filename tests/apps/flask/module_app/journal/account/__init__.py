from flask import Blueprint

bp = Blueprint("account", __name__)

from journal.account import password, session  # noqa: E402, F401
