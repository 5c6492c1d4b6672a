import { imports } from './tools/check/streets.ts'

export default {
  plugins: ['typescript', 'import', 'react', 'jsx-a11y', 'unicorn', 'oxc'],
  options: { typeAware: true },
  categories: { correctness: 'error' },
  ignorePatterns: ['**/dist/**', '**/data/**', '.tools/**'],
  rules: {
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'import/no-cycle': 'error',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'react/react-in-jsx-scope': 'off', // the compiler brings it
    'typescript/unbound-method': 'off', // members are written as methods here; none of them uses `this`
    'typescript/no-misused-spread': 'off', // names are cut into code points on purpose
    'jsx-a11y/prefer-tag-over-role': 'off', // an svg or a span with a name is not an <img>
  },
  overrides: [
    {
      files: ['**/*.test.ts', '**/*.test.tsx'],
      plugins: ['typescript', 'import', 'react', 'jsx-a11y', 'unicorn', 'oxc', 'vitest'],
      rules: {
        'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'assert*', 'fc.assert'] }],
        'vitest/valid-expect': 'error',
        'vitest/no-identical-title': 'error',
        'vitest/require-awaited-expect-poll': 'error',
      },
    },
    // A migration is written against the schema as it was then, which no type tells.
    { files: ['apps/bff/src/database/migrations/**'], rules: { 'typescript/no-explicit-any': 'off' } },
    ...imports,
  ],
}
