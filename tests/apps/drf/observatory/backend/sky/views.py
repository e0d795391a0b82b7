from rest_framework import generics, viewsets
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.permissions import AllowAny
from rest_framework.response import Response


class Base(viewsets.GenericViewSet):
    permission_classes = [AllowAny]


class TelescopeViewSet(viewsets.ModelViewSet):
    lookup_field = "slug"


class IndexViewSet(viewsets.ViewSet):
    def list(self, request):
        return Response({})

    @action(detail=False)
    def status(self, request):
        return Response({})


class NightViewSet(ListModelMixin, Base):
    def retrieve(self, request, telescope_slug=None, pk=None):
        return Response({})


class FrameViewSet(viewsets.ReadOnlyModelViewSet):
    @action(detail=True, methods=["POST"])
    def calibrate(self, request, **kwargs):
        return Response({})


class StarViewSet(viewsets.ModelViewSet):
    @action(detail=True, url_path="light-curve")
    def light_curve(self, request, pk=None):
        return Response({})

    @action(detail=False)
    def brightest(self, request):
        return Response({})


class Stars(ListModelMixin, generics.GenericAPIView):
    def get(self, request, *args, **kwargs):
        return self.list(request, *args, **kwargs)


class StarPage(viewsets.ModelViewSet):
    throttle_classes = []
