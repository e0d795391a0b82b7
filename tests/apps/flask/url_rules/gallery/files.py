from flask import request


def read(name):
    return {"name": name}


def store(name):
    return {"name": name, "stored": request.method == "PUT"}


def listing(folder):
    return {"folder": folder}
