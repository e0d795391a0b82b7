from django.urls import include, path

from . import views

desk_patterns = [
    path("", views.Desk.as_view()),
    path("reports/", include([
        path("overdue/", views.overdue, name="overdue"),
        path("<slug:kind>/", views.report),
    ])),
]

REPORTS = ["daily", "weekly"]

urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:loan_id>/", views.LoanView.as_view(), name="loan"),
]
urlpatterns += [path(f"digest/{name}/", views.digest, {"name": name}) for name in REPORTS]
urlpatterns.append(path("feed", views.LoanFeed()))
