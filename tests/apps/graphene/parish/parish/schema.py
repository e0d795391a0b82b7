import graphene

from parish import halls, people


class Query(people.Query, halls.Query, graphene.ObjectType):
    parish_name = graphene.String()

    def resolve_parish_name(root, info):
        return "St Kilda"


class Mutation(people.Mutation, graphene.ObjectType):
    book_hall = halls.BookHall.Field()


def build():
    return graphene.Schema(query=Query, mutation=Mutation)
