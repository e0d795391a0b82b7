from sqlalchemy import String, TypeDecorator


class Colour(TypeDecorator):
    impl = String(7)
    cache_ok = True
