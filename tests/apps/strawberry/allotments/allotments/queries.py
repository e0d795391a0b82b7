import strawberry
from strawberry.types import Info

from allotments.permissions import IsTenant
from allotments.types import Plot


def find_plots(first: int = 10) -> list[Plot]:
    return [Plot(id=strawberry.ID("1"), row_number=1)][:first]


@strawberry.type
class Paging:
    @strawberry.field
    def page_size(self) -> int:
        return 10


@strawberry.type
class GardenQuery(Paging):
    plots: list[Plot] = strawberry.field(resolver=find_plots)
    site_name: str = "Hill Road"

    @strawberry.field(permission_classes=[IsTenant])
    async def my_plot(self, info: Info) -> Plot | None:
        return None

    @strawberry.field(name="plot")
    def plot_by_id(self, plot_id: strawberry.ID) -> Plot:
        return Plot(id=plot_id, row_number=2)

    def helper(self) -> int:
        return 1


@strawberry.type
class WeatherQuery:
    @strawberry.field
    def frost_tonight(self) -> bool:
        return False
