import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of every document in src, from the schema as it is committed. Amounts are texts of decimal digits, so that no cent is lost on the way. */
const config: CodegenConfig = {
  schema: '../../openapi/schema.graphql',
  documents: 'src/*.ts',
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        emitExtension: '.js',
        importExtension: '.js',
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { Any: 'unknown', Date: 'string', DateTime: 'string', Decimal: 'string', Long: 'number', Percent: 'string' },
      },
    },
  },
};

export default config;
