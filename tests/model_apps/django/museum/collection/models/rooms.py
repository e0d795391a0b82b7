from django.contrib.auth import get_user_model
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=40)
    keeper = models.ForeignKey(get_user_model(), on_delete=models.CASCADE)
    next_to = models.ManyToManyField("self", symmetrical=False, related_name="reached_from")


class RoomProxy(Room):
    class Meta:
        proxy = True
        verbose_name = "a room, differently"
