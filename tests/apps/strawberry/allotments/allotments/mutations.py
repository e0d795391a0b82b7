import strawberry

from allotments.permissions import IsTenant
from allotments.types import Plot, PlotInput


@strawberry.type
class Mutation:
    @strawberry.mutation(permission_classes=[IsTenant])
    def claim_plot(self, plot: PlotInput) -> Plot:
        return Plot(id=strawberry.ID("9"), row_number=plot.row_number)

    @strawberry.mutation
    async def leave(self, plot_id: strawberry.ID, reason: str = "") -> bool:
        return bool(plot_id)
