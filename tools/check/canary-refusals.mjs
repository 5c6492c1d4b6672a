import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { at, root } from '../launcher/places.mjs'
import { brokenRules } from './text-rules.mjs'

/** A tree that repeats ours, so that what holds for a folder holds for its canary. */
export const canaryRoom = 'tools/canaries'

/** @typedef {{ file: string, line: number | null, rule: string, words: string }} Refusal `line` is null for the whole file */

/**
 * @param {string} file
 * @returns {Refusal[]}
 */
export function refusedByText(file) {
  const path = file.slice(canaryRoom.length + 1)
  const broken = brokenRules(path, fs.readFileSync(at(file), 'utf8'))
  return broken.map(rule => ({ file, line: null, rule: rule.name, words: rule.reason }))
}

/** @returns {Refusal[]} */
export function refusedByLint() {
  const oxlint = at('node_modules', 'oxlint', 'bin', 'oxlint')
  const { stdout } = spawnSync(process.execPath, [oxlint, canaryRoom, '--format=json'], { cwd: root, encoding: 'utf8' })
  /** @typedef {{ filename: string, code: string, message: string, help?: string, labels: { span: { line: number } }[] }} Found */
  const { diagnostics = [] } = /** @type {{ diagnostics?: Found[] }} */ (JSON.parse(stdout || '{}'))
  return diagnostics.map(({ filename, code, message, help, labels }) => ({
    file: filename.replaceAll('\\', '/'),
    line: labels[0]?.span.line ?? 0,
    rule: /\((.+)\)/.exec(code)?.[1] ?? '',
    words: `${message} ${help ?? ''}`,
  }))
}
