from django.http import HttpResponse
from django.urls import path

from market.api import api, internal


def front(request):
    return HttpResponse("market")


urlpatterns = [
    path("", front),
    path("api/v1/", api.urls),
    path("internal/", internal.urls),
]
