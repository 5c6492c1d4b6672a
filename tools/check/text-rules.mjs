/**
 * What the linter has no rule for, held by the text itself.
 * @typedef {object} TextRule
 * @property {string} name
 * @property {string} reason for whoever breaks it
 * @property {RegExp} where paths it holds for, from the root and with forward slashes
 * @property {RegExp} [except] of those
 * @property {RegExp} [forbidden] in the text; absent: the path itself is what is forbidden
 */

const code = /\.(ts|tsx|mts|mjs|js)$/
const tests = /\.(test|spec)\.tsx?$/

/** @type {readonly TextRule[]} */
export const textRules = [
  {
    name: 'one-door',
    reason: 'Only ledger/ writes the tables of the ledger: state and event belong to one transaction, behind one door.',
    where: /(^|\/)apps\/bff\/src\/.*\.ts$/,
    except: /(^|\/)apps\/bff\/src\/ledger\/|(^|\/)apps\/bff\/src\/database\/migrations\/|\.test\.ts$/,
    forbidden:
      /\b(insertInto|replaceInto|mergeInto|updateTable|deleteFrom)\(\s*['"`](ledger|entries|drafts|intents|namespaces|member_lists|checkpoints|signing_keys|ledger_\w+)\b|\b(insert\s+into|update|delete\s+from)\s+["`]?(ledger|entries|drafts|intents|namespaces|member_lists|checkpoints|signing_keys|ledger_\w+)["`]?\s+(set|values|where|\()/i,
  },
  {
    name: 'no-mocks',
    reason: 'What we wrote ourselves is never mocked: hand in the emulator, a clock or a fetch by the front door.',
    where: tests,
    forbidden: /\bvi\.(mock|doMock|hoisted|stubGlobal)\(/,
  },
  {
    name: 'every-test-runs',
    reason: 'A test that is skipped, postponed or run alone tells nothing about the rest. Mend it or delete it.',
    where: tests,
    forbidden: /\b(test|it|describe|suite)(\.\w+)*\.(only|skip|skipIf|runIf|todo|fixme|fails|fail)\b/,
  },
  {
    name: 'no-sleeps',
    reason:
      'Wait for what you expect (expect.poll, a web-first expect) or hand in the clock; a sleep is too short or too long.',
    where: tests,
    forbidden: /\bwaitForTimeout\(|\bsetTimeout\(\s*(resolve|done|r)\b|\bnode:timers\/promises\b/,
  },
  {
    name: 'rooms-have-names',
    reason: 'A function without a room shows that a capability is missing: name the file by the verb or noun it holds.',
    where: /(^|\/)(utils?|helpers?|common|lib|misc|shared)(\.[^/]+)?(\/|$)/i,
  },
]

/**
 * The names of the rules that a file breaks.
 * @param {string} path from the root, with forward slashes
 * @param {string} text
 */
export function brokenRules(path, text) {
  if (!code.test(path)) return []
  return textRules.filter(
    ({ where, except, forbidden }) =>
      where.test(path) && !except?.test(path) && (forbidden === undefined || forbidden.test(text)),
  )
}
