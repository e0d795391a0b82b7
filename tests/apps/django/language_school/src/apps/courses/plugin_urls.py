from django.urls import path

from apps.courses.views import calendar

urlpatterns = [path("calendar.ics", calendar)]
