from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_http_methods
from django.views.generic import CreateView, DeleteView, DetailView, ListView, UpdateView

from catalogue.models import Book


class BookList(ListView):
    model = Book
    paginate_by = 20


class BookDetail(DetailView):
    model = Book


class BookCreate(PermissionRequiredMixin, CreateView):
    model = Book
    fields = ["title", "isbn"]
    permission_required = "catalogue.add_book"


class BookUpdate(LoginRequiredMixin, UpdateView):
    model = Book
    fields = ["title"]
    http_method_names = ["get", "post"]


@method_decorator(permission_required("catalogue.delete_book"), name="dispatch")
class BookDelete(DeleteView):
    model = Book


class ImportView(View):
    def post(self, request):
        rows = request.FILES["rows"]
        return JsonResponse({"size": rows.size})

    @method_decorator(permission_required("catalogue.delete_book"))
    def delete(self, request):
        Book.objects.all().delete()
        return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def by_isbn(request, isbn):
    book = get_object_or_404(Book, isbn=isbn)
    if request.method == "POST":
        book.title = request.POST["title"]
        book.save()
    return JsonResponse({"title": book.title, "fields": request.GET.get("fields")})


def by_mark(request, mark):
    return JsonResponse({"mark": mark})


def by_year(request, year):
    return JsonResponse({"year": year})


def by_month(request, year, month):
    return JsonResponse({"year": year, "month": month})


def pages(request, number=1):
    return JsonResponse({"page": number})


def dump(request, format):
    return HttpResponse(format)


def tree(request, branch):
    return HttpResponse(branch)
