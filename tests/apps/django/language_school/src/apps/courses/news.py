from django.urls import path

from . import views

urlpatterns = (
    path("", views.news),
    path("<int:year>/<str:slug>/", views.NewsItem.as_view()),
)
