from django.db import models


class Item(models.Model):
    sku = models.CharField(max_length=20, unique=True)
    count = models.IntegerField(default=0)


class Shelf(models.Model):
    code = models.CharField(max_length=20)
