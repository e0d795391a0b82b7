from flask_smorest import Api as BaseApi


class Api(BaseApi):
    """With a converter of our own, some day."""


api = Api()
