import graphene


class Person(graphene.ObjectType):
    id = graphene.ID()
    full_name = graphene.String()


class InvitePerson(graphene.Mutation):
    class Arguments:
        email = graphene.String(required=True)

    ok = graphene.Boolean()

    @staticmethod
    def mutate(root, info, email):
        if not info.context.get("user"):
            raise PermissionError("sign in first")
        return InvitePerson(ok=bool(email))


class Query(graphene.ObjectType):
    person = graphene.Field(Person, person_id=graphene.ID(required=True))
    people = graphene.List(graphene.NonNull(Person), description="everyone")

    def resolve_person(root, info, person_id):
        return Person(id=person_id)

    def resolve_people(root, info):
        return []


class Mutation:
    invite_person = InvitePerson.Field(description="By mail")
