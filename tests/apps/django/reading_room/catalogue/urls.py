from django.contrib.auth.decorators import login_required
from django.urls import path, re_path, register_converter
from django.views.decorators.cache import cache_page
from django.views.decorators.csrf import csrf_exempt

from catalogue import converters, views

register_converter(converters.Isbn, "isbn")
register_converter(converters.ShelfMark, "shelfmark")

app_name = "catalogue"

urlpatterns = [
    path("", views.BookList.as_view(), name="books"),
    path("new/", login_required(views.BookCreate.as_view()), name="new"),
    path("<int:pk>/", views.BookDetail.as_view(), name="book"),
    path("<int:pk>/edit/", views.BookUpdate.as_view(), name="edit"),
    path("<int:pk>/remove/", views.BookDelete.as_view(), name="remove"),
    path("isbn/<isbn:isbn>/", cache_page(60)(views.by_isbn), name="isbn"),
    path("shelf/<shelfmark:mark>", views.by_mark),
    path("import/", csrf_exempt(views.ImportView.as_view())),
    re_path(r"^year/(?P<year>[0-9]{4})/$", views.by_year, name="year"),
    re_path(r"^year/(\d{4})/(\d{2})/$", views.by_month),
    re_path(r"^pages(?:/(?P<number>\d+))?/$", views.pages),
    re_path(r"^(?P<format>json|xml)/dump/$", views.dump),
    re_path(r"^tree/(?P<branch>(?:[\w-]+/)*)$", views.tree),
]
