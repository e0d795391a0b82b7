import graphene


class Hall(graphene.ObjectType):
    name = graphene.String()


class BookHall(graphene.Mutation):
    class Arguments:
        hall_name = graphene.String()

    hall = graphene.Field(lambda: Hall)

    def mutate(self, info, hall_name=None):
        return BookHall(hall=Hall(name=hall_name))


class Query:
    free_halls = graphene.List(Hall, on_day=graphene.Date())
    hall_count = graphene.Int(name="halls")

    def resolve_free_halls(self, info, on_day=None):
        return []
