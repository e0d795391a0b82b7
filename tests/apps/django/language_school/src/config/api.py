from django.urls import path

from apps.courses import api
from apps.people import api as people_api

urlpatterns = [
    path("courses", api.collection),
    path("courses/<int:course_id>", api.member),
    path("courses/<int:course_id>/seats/<slug:seat>", api.Seats.as_view()),
    path("people", people_api.People.as_view(http_method_names=["get"])),
    path("people/<int:pk>", people_api.Person.as_view()),
]
