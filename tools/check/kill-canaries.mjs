// Every boundary has a canary: a file that breaks it and must be refused for that very reason. One that lives shows a guard that
// no longer guards; then this ends with 1.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { at, root } from '../launcher/places.mjs'
import { filesBelow } from './files.mjs'
import { brokenRules, textRules } from './text-rules.mjs'

const room = 'tools/canaries'
const canaries = filesBelow(room).filter(file => /\.tsx?$/.test(file))
const refusals = [...canaries.flatMap(refusedByText), ...refusedByLint()]

/**
 * @typedef {{ file: string, rule: string, words: string }} Refusal
 * @param {string} file
 * @returns {Refusal[]}
 */
function refusedByText(file) {
  const path = file.slice(room.length + 1)
  return brokenRules(path, fs.readFileSync(at(file), 'utf8')).map(rule => ({
    file,
    rule: rule.name,
    words: rule.reason,
  }))
}

/** @returns {Refusal[]} */
function refusedByLint() {
  const oxlint = at('node_modules', 'oxlint', 'bin', 'oxlint')
  const { stdout } = spawnSync(process.execPath, [oxlint, room, '--format=json'], { cwd: root, encoding: 'utf8' })
  const { diagnostics = [] } = JSON.parse(stdout || '{}')
  return diagnostics.map((/** @type {{ filename: string, code: string, message: string, help?: string }} */ found) => ({
    file: found.filename.replaceAll('\\', '/'),
    rule: /\((.+)\)/.exec(found.code)?.[1] ?? '',
    words: `${found.message} ${found.help ?? ''}`,
  }))
}

/**
 * Why a canary lives; null where it was refused as its first line says: `// must fail: RULE, words of the refusal`.
 * @param {string} file
 */
function whyAlive(file) {
  const [, rule, words = ''] = /^\/\/ must fail: ([\w/-]+)(?:, (.+))?$/m.exec(fs.readFileSync(at(file), 'utf8')) ?? []
  if (!rule) return 'it does not say what must refuse it'
  const isRefused = refusals.some(found => found.file === file && found.rule === rule && found.words.includes(words))
  return isRefused ? null : `${rule} ("${words}") no longer refuses it`
}

const alive = canaries.flatMap(file => (whyAlive(file) === null ? [] : [`${file} lives: ${whyAlive(file)}`]))
const unguarded = textRules.filter(({ name }) => !refusals.some(found => found.rule === name))
alive.push(...unguarded.map(({ name }) => `the rule ${name} has no canary`))
for (const complaint of alive) console.error(complaint)
console.log(`${canaries.length} canaries, ${alive.length} complaints`)
process.exitCode = alive.length > 0 || canaries.length === 0 ? 1 : 0
