using Spm.GraphQL.Validation.Rules;
using Spm.GraphQL.Validation.SdlRules;

namespace Spm.GraphQL.Validation;

/// <summary>The rules of the specification.</summary>
public static class SpecifiedRules
{
    /// <summary>For documents that are executed: section 5, and a bound on introspection.</summary>
    public static ImmutableArray<Func<ValidationRule>> ForDocuments { get; } =
    [
        () => new ExecutableDefinitionsRule(),
        () => new KnownOperationTypesRule(),
        () => new UniqueOperationNamesRule(),
        () => new LoneAnonymousOperationRule(),
        () => new SingleFieldSubscriptionsRule(),
        () => new KnownTypeNamesRule(),
        () => new FragmentsOnCompositeTypesRule(),
        () => new VariablesAreInputTypesRule(),
        () => new ScalarLeafsRule(),
        () => new FieldsOnCorrectTypeRule(),
        () => new UniqueFragmentNamesRule(),
        () => new KnownFragmentNamesRule(),
        () => new NoUnusedFragmentsRule(),
        () => new PossibleFragmentSpreadsRule(),
        () => new NoFragmentCyclesRule(),
        () => new UniqueVariableNamesRule(),
        () => new NoUndefinedVariablesRule(),
        () => new NoUnusedVariablesRule(),
        () => new KnownDirectivesRule(),
        () => new UniqueDirectivesPerLocationRule(),
        () => new KnownArgumentNamesRule(),
        () => new KnownDirectiveArgumentNamesRule(),
        () => new UniqueArgumentNamesRule(),
        () => new ValuesOfCorrectTypeRule(),
        () => new RequiredArgumentsRule(),
        () => new RequiredDirectiveArgumentsRule(),
        () => new VariablesInAllowedPositionRule(),
        () => new OverlappingFieldsCanBeMergedRule(),
        () => new UniqueInputFieldNamesRule(),
        () => new MaxIntrospectionDepthRule(),
    ];

    /// <summary>For definitions of a schema, before there is one; <see cref="Types.SchemaValidator"/> has the others.</summary>
    public static ImmutableArray<Func<ValidationRule>> ForDefinitions { get; } =
    [
        () => new LoneSchemaDefinitionRule(),
        () => new UniqueOperationTypesRule(),
        () => new UniqueTypeNamesRule(),
        () => new UniqueEnumValueNamesRule(),
        () => new UniqueFieldDefinitionNamesRule(),
        () => new UniqueArgumentDefinitionNamesRule(),
        () => new UniqueDirectiveNamesRule(),
        () => new KnownTypeNamesRule(),
        () => new KnownDirectivesRule(),
        () => new UniqueDirectivesPerLocationRule(),
        () => new PossibleTypeExtensionsRule(),
        () => new KnownDirectiveArgumentNamesRule(),
        () => new UniqueArgumentNamesRule(),
        () => new UniqueInputFieldNamesRule(),
        () => new RequiredDirectiveArgumentsRule(),
    ];
}
