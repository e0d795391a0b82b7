from flask import request


def index():
    return {"exhibits": []}


def add():
    return request.get_json(), 201


def show(number):
    return {"number": number}


def move(number):
    return {"number": number, **request.get_json()}


def in_room(room):
    floor, number = room
    return {"floor": floor, "room": number}


def by_artist(artist):
    return {"artist": artist}
