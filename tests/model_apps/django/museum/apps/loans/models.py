from django.db import models

from collection import models as stock
from shared.models import Keyed, Timed


class Borrower(Keyed):
    name = models.CharField(max_length=80)
    exhibits = models.ManyToManyField(stock.Exhibit, through="Loan")


class Loan(Keyed, Timed):
    borrower = models.ForeignKey(Borrower, on_delete=models.CASCADE)
    exhibit = models.ForeignKey("stock.Exhibit", on_delete=models.CASCADE)
    until = models.DateTimeField(null=True)
    code = models.CharField(max_length=8, default="x")

    class Meta:
        default_related_name = "loans"
        unique_together = [("borrower", "exhibit"), ("code", "until")]
