from rest_framework import serializers

from stock.models import Item, Shelf


class ItemSerializer(serializers.ModelSerializer):
    class Meta:
        model = Item
        fields = ["id", "sku", "count"]


class AdjustmentSerializer(serializers.Serializer):
    by = serializers.IntegerField()


class ShelfSerializer(serializers.ModelSerializer):
    class Meta:
        model = Shelf
        fields = ["id", "code"]
