class Isbn:
    regex = r"[0-9]{10}|[0-9]{13}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class ShelfMark:
    regex = r"[A-Z]+/[0-9/]+"

    def to_python(self, value):
        return value.split("/")

    def to_url(self, value):
        return "/".join(value)
