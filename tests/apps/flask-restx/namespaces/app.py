from flask import Flask

from zoo.apis import api

app = Flask(__name__)
api.init_app(app)
