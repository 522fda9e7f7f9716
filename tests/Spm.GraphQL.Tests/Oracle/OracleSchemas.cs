namespace Spm.GraphQL.Tests.Oracle;

/// <summary>Schemas that documents are generated for.</summary>
internal static class OracleSchemas
{
    /// <summary>Interfaces of interfaces, unions, input objects in one another, directives for every place.</summary>
    public const string Pets = """"
        directive @onField(level: Int = 1, tags: [String!]) repeatable on FIELD

        directive @onOperation(name: String!) on QUERY | MUTATION | SUBSCRIPTION | VARIABLE_DEFINITION

        directive @onFragment on FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT

        interface Node {
          id: ID!
        }

        interface Being implements Node {
          id: ID!
          name(surname: Boolean = false): String
        }

        interface Pet implements Being & Node {
          id: ID!
          name(surname: Boolean = false): String
          owner: Human
          friends(first: Int! = 10, after: ID): [Pet!]!
        }

        type Dog implements Pet & Being & Node {
          id: ID!
          name(surname: Boolean = false): String
          owner: Human
          friends(first: Int! = 10, after: ID): [Pet!]!
          nickname: String
          barkVolume: Int
          barks: Boolean!
          doesKnowCommand(command: DogCommand!): Boolean
          isHouseTrained(atOtherHomes: Boolean = true): Boolean
        }

        type Cat implements Pet & Being & Node {
          id: ID!
          name(surname: Boolean = false): String
          owner: Human
          friends(first: Int! = 10, after: ID): [Pet!]!
          nickname: String
          meowVolume: Float
          meows: Boolean
          furColor: FurColor
        }

        type Human implements Being & Node {
          id: ID!
          name(surname: Boolean = false): String
          pets(filter: PetFilter, order: [PetOrder!] = [{by: NAME, descending: false}]): [Pet]
          relatives: [Human!]
          iq: Int @deprecated
          born: Date
        }

        type Alien implements Node {
          id: ID!
          planet: String
          numEyes: Int!
        }

        union CatOrDog = Cat | Dog

        union DogOrHuman = Dog | Human

        union HumanOrAlien = Human | Alien

        enum DogCommand {
          SIT
          HEEL
          DOWN
        }

        enum FurColor {
          BROWN
          BLACK
          TAN @deprecated(reason: "Out of fashion")
          SPOTTED
        }

        enum OrderBy {
          NAME
          AGE
        }

        input PetFilter {
          name: StringFilter
          ids: [ID!]
          color: FurColor = BROWN
          volume: [[Float]]
          and: [PetFilter!]
          not: PetFilter
          born: Date
        }

        input PetOrder {
          by: OrderBy!
          descending: Boolean! = false
        }

        input StringFilter @oneOf {
          eq: String
          in: [String!]
          contains: String
        }

        scalar Date @specifiedBy(url: "https://example.com/date")

        type Query {
          node(id: ID!): Node
          pet(id: ID!, kind: String): Pet
          catOrDog: CatOrDog
          dogOrHuman: DogOrHuman
          humanOrAlien(flag: Boolean): HumanOrAlien
          humans(ids: [ID!]!, ages: [[Int!]]): [Human]
          dog: Dog
          search(filter: PetFilter!, name: StringFilter, limit: Int, ratio: Float): [Being!]!
        }

        type Mutation {
          rename(input: RenameInput!): Being
          remove(id: ID!): Boolean!
        }

        input RenameInput {
          id: ID!
          name: String!
          reason: String = "none"
          order: PetOrder
        }

        type Subscription {
          petAdded(kind: String): Pet
          humanAdded: Human
        }
        """";

    /// <summary>Fields of one name and different types, so that merging fails in every way; no mutation, other root names.</summary>
    public const string Shapes = """"
        schema {
          query: Root
        }

        type Root {
          some: Some
          box: Box
          boxes: [Box!]!
          int: IntBox
          string: StringBox
        }

        interface Some {
          deep: Box
          unrelated: String
        }

        interface Box {
          scalar: String
          deep: Box
        }

        type IntBox implements Some & Box {
          scalar: String
          value: Int
          list: [Int]
          deep: IntBox
          box: StringBox
          unrelated: String
          args(a: Int, b: [Int], c: Input): Int
        }

        type StringBox implements Some & Box {
          scalar: String
          value: String
          list: [String!]!
          deep: StringBox
          box: IntBox
          unrelated: String
          args(a: Int, b: [Int], c: Input): String!
        }

        input Input {
          x: Int
          y: Input
        }
        """";
}
