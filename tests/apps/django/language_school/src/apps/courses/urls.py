from django.urls import path, re_path

from .views import CourseIndex, CoursePage, enrol

app_name = "courses"
urlpatterns = [
    path("", CourseIndex.as_view(), name="index"),
    path("<slug:slug>/", CoursePage.as_view(), name="course"),
    re_path(r"^(?P<slug>[-\w]+)/enrol(?:ment)?/$", enrol, name="enrol"),
]
