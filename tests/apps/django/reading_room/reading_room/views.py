from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_safe


@require_safe
def home(request):
    return HttpResponse("Welcome")


@require_GET
def health(request):
    return JsonResponse({"ok": True})


def echo(request, rest):
    return HttpResponse(rest)


def missing(request, exception):
    return HttpResponse("Not here", status=404)
