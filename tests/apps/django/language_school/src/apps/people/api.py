from django.http import JsonResponse
from django.views import View


class Listing:
    def get(self, request):
        return JsonResponse({"items": []})

    def post(self, request):
        return JsonResponse({}, status=201)


class People(Listing, View):
    pass


class Person(View):
    def dispatch(self, request, *args, **kwargs):
        return JsonResponse({"id": kwargs["pk"]})
