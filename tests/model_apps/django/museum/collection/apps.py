from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "collection"
    label = "stock"
    default_auto_field = "django.db.models.AutoField"
