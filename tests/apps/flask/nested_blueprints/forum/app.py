from flask import Flask

from forum.api import api
from forum.pages import pages

app = Flask(__name__)
app.register_blueprint(api, url_prefix="/api")
app.register_blueprint(pages)


@app.get("/up")
def up():
    return "", 204
