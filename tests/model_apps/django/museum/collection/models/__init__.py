from .objects import Artist, Exhibit, Painting, Sculpture
from .rooms import Room, RoomProxy

__all__ = ["Artist", "Exhibit", "Painting", "Room", "RoomProxy", "Sculpture"]
