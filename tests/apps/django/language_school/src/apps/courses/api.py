import json

from django.http import JsonResponse
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


@csrf_exempt
@require_http_methods(["GET", "POST"])
def collection(request):
    if request.method == "POST":
        return JsonResponse(json.loads(request.body), status=201)
    return JsonResponse({"page": request.GET.get("page", 1)})


@require_http_methods(["GET", "PUT", "DELETE"])
def member(request, course_id):
    return JsonResponse({"id": course_id})


class Seats(View):
    async def get(self, request, course_id, seat):
        return JsonResponse({"seat": seat})

    async def put(self, request, course_id, seat):
        return JsonResponse({"seat": seat, "by": request.headers["X-Member"]})
