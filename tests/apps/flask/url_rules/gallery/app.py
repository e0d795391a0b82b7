from flask import Flask

from gallery import exhibits, files, visits
from gallery.converters import RoomConverter, SignatureConverter

app = Flask(__name__)
app.url_map.converters["room"] = RoomConverter
app.url_map.converters.update(signature=SignatureConverter)

app.add_url_rule("/exhibits", "exhibits", exhibits.index)
app.add_url_rule("/exhibits", "add_exhibit", exhibits.add, methods=["POST"])
app.add_url_rule("/exhibits/<int:number>", view_func=exhibits.show)
app.add_url_rule("/exhibits/<int(min=1):number>/move", view_func=exhibits.move, methods={"PUT"})
app.add_url_rule("/rooms/<room:room>", view_func=exhibits.in_room)
app.add_url_rule("/artists/<signature:artist>/works", view_func=exhibits.by_artist)

app.add_url_rule("/files/<path:name>", view_func=files.read)
app.add_url_rule("/files/<path:name>", view_func=files.store, methods=["PUT", "DELETE"])
app.add_url_rule("/archive/<path:folder>/index.json", view_func=files.listing)

visits.init_app(app)


@app.route("/prices/<float:discount>")
@app.route("/prices", defaults={"discount": 0.0})
def prices(discount):
    return {"adult": 14.0 * (1 - discount)}


@app.route("/guestbook", methods=["GET", "HEAD", "POST", "OPTIONS"])
def guestbook():
    return {"entries": []}
