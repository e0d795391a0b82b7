from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods
from django.views.generic import DetailView, FormView, ListView, View
from django.views.generic.edit import FormMixin


class CourseIndex(ListView):
    queryset = []


class CoursePage(FormMixin, DetailView):
    def post(self, request, *args, **kwargs):
        return HttpResponse(request.POST["question"])


@require_http_methods(["GET", "POST"])
def enrol(request, slug):
    return HttpResponse(slug)


@login_not_required
def news(request):
    return HttpResponse("news")


class Dated(View):
    def get(self, request, year, slug):
        return HttpResponse(f"{year}/{slug}")


class NewsItem(Dated):
    post = None


class Feedback(FormView):
    pass


@login_not_required
def calendar(request):
    return HttpResponse("BEGIN:VCALENDAR")
