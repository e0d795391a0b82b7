from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView


@login_not_required
def login_page(request):
    return HttpResponse("login")


def listing(request, kind):
    return HttpResponse(kind)


@method_decorator(never_cache, name="dispatch")
class Profile(LoginRequiredMixin, TemplateView):
    template_name = "profile.html"

    def put(self, request, pk):
        return HttpResponse(status=204)
