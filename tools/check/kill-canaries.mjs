// Every guard has its canaries: files that break it and must be refused for that very reason. A canary that lives shows a guard
// that no longer guards, and a guard without one might be another; in both cases this ends with 1.
import fs from 'node:fs'
import path from 'node:path'
import { at } from '../launcher/places.mjs'
import { boundariesThatLetThrough } from './boundary-canaries.mjs'
import { canaryRoom, refusedByLint, refusedByText } from './canary-refusals.mjs'
import { filesBelow } from './files.mjs'
import { imports } from './streets.ts'
import { textRules } from './text-rules.mjs'

const canaries = filesBelow(canaryRoom).filter(file => /\.tsx?$/.test(file))
const refusals = [...canaries.flatMap(refusedByText), ...refusedByLint()]

/**
 * What a canary promises: `// must fail: RULE, words of the refusal` stands above the line that must be refused (for a rule of the
 * linter), or anywhere in the file (for a rule of the text).
 * @param {string} file
 */
function promisesOf(file) {
  const lines = fs.readFileSync(at(file), 'utf8').split('\n')
  return lines.flatMap((text, index) => {
    const [, rule, words = ''] = /^\s*\/\/ must fail: ([\w-]+)(?:, (.+))?$/.exec(text) ?? []
    return rule ? [{ file, line: index + 2, rule, words }] : []
  })
}

/** @param {ReturnType<typeof promisesOf>[number]} promise */
const isKept = ({ file, line, rule, words }) =>
  refusals.some(
    found =>
      found.file === file &&
      found.rule === rule &&
      found.words.includes(words) &&
      (found.line === null || found.line === line),
  )

/** Of several streets the linter applies the last that fits. @param {string} file */
const streetOf = file => imports.findLast(({ files }) => files.some(glob => path.matchesGlob(file, glob)))

const promises = canaries.flatMap(promisesOf)
const complaints = [
  ...canaries
    .filter(file => !promises.some(promise => promise.file === file))
    .map(file => `${file} does not say what must refuse it`),
  ...promises
    .filter(promise => !isKept(promise))
    .map(({ file, line, rule, words }) => `${file}:${line} lives: ${rule} no longer refuses it ${words}`),
  ...textRules
    .filter(({ name }) => !refusals.some(({ rule }) => rule === name))
    .map(({ name }) => `the rule ${name} has no canary`),
  ...imports.flatMap(street =>
    street.rules['no-restricted-imports'][1].patterns
      .filter(ban => !refusals.some(({ file, words }) => streetOf(file) === street && words.includes(ban.message)))
      .map(ban => `${street.files.join(' ')} has no canary for: ${ban.message}`),
  ),
  ...boundariesThatLetThrough(),
]
for (const complaint of complaints) console.error(complaint)
console.log(`${promises.length} canaries refused as they must be, ${complaints.length} complaints`)
process.exitCode = complaints.length > 0 || promises.length === 0 ? 1 : 0
