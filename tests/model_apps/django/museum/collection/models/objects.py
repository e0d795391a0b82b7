from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from collection.models.rooms import Room
from shared.fields import MoneyField
from shared.models import Owned, Timed


class Artist(models.Model):
    name = models.CharField(max_length=100, db_index=True)
    slug = models.SlugField(unique=True)
    born = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="one_name")]


class Exhibit(Timed, Owned):
    title = models.CharField(max_length=200)
    artists = models.ManyToManyField(Artist, related_name="exhibits", db_table="made_by")
    room = models.ForeignKey("Room", on_delete=models.PROTECT, related_name="exhibits")
    value = MoneyField(null=True)
    number = models.PositiveIntegerField(db_column="inventory_no", unique=True)
    on_show = models.BooleanField(default=True)
    notes = GenericRelation("stock.Note")

    class Meta(Timed.Meta):
        abstract = False
        unique_together = ("title", "room")
        indexes = [
            models.Index(fields=["room", "-created"], name="by_room"),
            models.Index(fields=["value"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="one_each"),
            models.UniqueConstraint(
                fields=["title"], name="title_shown", condition=Q(on_show=True)
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="positive"),
        ]


class Painting(Exhibit):
    medium = models.CharField(max_length=30, default="oil")


class Sculpture(Exhibit):
    exhibit = models.OneToOneField(Exhibit, models.CASCADE, parent_link=True, related_name="as_sculpture")
    kilos = models.FloatField(null=True)


class Note(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey("content_type", "object_id")
    body = models.TextField()

    class Meta:
        app_label = "stock"
