from werkzeug.routing import BaseConverter


class RoomConverter(BaseConverter):
    """A floor and a room, such as 2-14."""

    regex = r"\d-\d\d"

    def to_python(self, value):
        floor, number = value.split("-")
        return int(floor), int(number)

    def to_url(self, value):
        return f"{value[0]}-{value[1]:02}"


class SignatureConverter(BaseConverter):
    regex = r"[a-z]+(?:-[a-z]+)*"
