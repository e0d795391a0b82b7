from flask import Flask
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException


def handle_http_exception(error: HTTPException):
    return {"error": error.name, "message": error.description}, error.code


def handle_validation_error(error: ValidationError):
    fields = [
        {"field": ".".join(str(part) for part in it["loc"]), "message": it["msg"]}
        for it in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return {"error": "Bad Request", "message": "The input is not valid", "fields": fields}, 400


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, handle_http_exception)
    app.register_error_handler(ValidationError, handle_validation_error)
