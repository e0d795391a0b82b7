from flask import Flask
from flask_restful import Api

from .lists import ListCollection, ListDetail
from .tasks import Task, TaskDone, Tasks

api = Api(prefix="/api/v1")

RESOURCES = [
    (ListCollection, ("/lists",), "lists"),
    (ListDetail, ("/lists/<int:list_id>", "/l/<int:list_id>"), "list"),
]


def init_api(app: Flask) -> None:
    for resource, urls, name in RESOURCES:
        api.add_resource(resource, *urls, endpoint=name)
    api.add_resource(Tasks, "/lists/<int:list_id>/tasks", endpoint="tasks")
    api.add_resource(Task, "/tasks/<uuid:task_id>")
    api.add_resource(TaskDone, "/tasks/<uuid:task_id>/done")
    api.init_app(app)
