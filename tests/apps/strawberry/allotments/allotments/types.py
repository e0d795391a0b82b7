import strawberry


@strawberry.type
class Plot:
    id: strawberry.ID
    row_number: int

    @strawberry.field
    def is_free(self) -> bool:
        return self.row_number > 3


@strawberry.input
class PlotInput:
    row_number: int
