from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import UserPassesTestMixin
from django.contrib.syndication.views import Feed
from django.http import JsonResponse
from django.views import View
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from loans.decorators import members_only


class StaffOnly(UserPassesTestMixin):
    def test_func(self):
        return self.request.user.is_staff


class Desk(StaffOnly, TemplateView):
    template_name = "desk.html"


class LoanView(View):
    def get(self, request, loan_id):
        return JsonResponse({"id": str(loan_id)})

    def patch(self, request, loan_id):
        return JsonResponse({"id": str(loan_id)})


class LoanFeed(Feed):
    title = "Loans"
    link = "/loans/"

    def items(self):
        return []


@members_only
def mine(request):
    return JsonResponse({"loans": []})


@login_required
@require_POST
def digest(request, name):
    return JsonResponse({"name": name})


@staff_member_required
def overdue(request):
    return JsonResponse({"overdue": []})


def report(request, kind):
    return JsonResponse({"kind": kind})
