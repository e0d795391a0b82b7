import flask_smorest as fs

outer = fs.Blueprint("clinic", __name__, url_prefix="/hospital")
inner = fs.Blueprint("visits", __name__, url_prefix="/visits")


@inner.route("/")
def visits():
    return {}


@outer.route("/open")
def is_open():
    return {}


outer.register_blueprint(inner)
