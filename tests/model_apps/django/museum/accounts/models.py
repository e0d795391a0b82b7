from django.contrib.auth.models import AbstractUser
from django.db import models


class Member(AbstractUser):
    class Tier(models.TextChoices):
        FREE = "free", "Free"
        PATRON = "patron", "Patron"

    email = models.EmailField("e-mail", unique=True)
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.FREE)
    first_name = None
    friends = models.ManyToManyField("self", blank=True)
    mentor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)

    objects = models.Manager()


class Profile(models.Model):
    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True)
    bio = models.TextField(blank=True, default="")
    avatar = models.FileField(upload_to="avatars", null=True)
    settings = models.JSONField(default=dict)

    class Meta:
        db_table = "member_profiles"
