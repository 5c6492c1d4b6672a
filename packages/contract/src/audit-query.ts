import {
  type AuditFilter,
  auditKinds,
  howWords,
  knownWords,
  longestAuditQuery,
  longestAuditValue,
  mostAuditTexts,
} from './audit-filter.ts'
import { readTimeWord } from './time-word.ts'

/**
 * Reads a question to the audit in one line: `actor:bo kind:taken,denied ns:trade-prod since:7d "a fix"`. Words are `actor`, `holder`, `draft`,
 * `ws`, `ns`, `kind`, `known`, `how`, `since`, `until`; everything else is text to find. A value with blanks stands in quotes, in which `\"` is
 * a quote and `\\` a backslash. What cannot be understood is said, never left out: left out, it would widen the answer without a word.
 */
export function parseAuditQuery(query: string): { filter: AuditFilter } | { fault: string } {
  if (query.length > longestAuditQuery)
    return { fault: `The query is ${query.length} characters long; ${longestAuditQuery} are the most.` }
  const found = tokensOf(query)
  if ('fault' in found) return found
  return auditFilterOf(found.tokens)
}

/** One thing asked for: a word of the language and its value, or, without a word, text. */
export interface AuditTerm {
  word: string | null
  value: string
}

/** What several terms ask together, each word checked; however they were given. */
export function auditFilterOf(
  terms: readonly AuditTerm[],
): { filter: AuditFilter } | { fault: string; word: string | null } {
  const filter: Mutable<AuditFilter> = {}
  for (const { word, value } of terms) {
    const fault = valueFault(word, value) ?? put(filter, word, value)
    if (fault !== null) return { fault, word }
  }
  return { filter }
}

/** The one line that asks the same: `parseAuditQuery` reads it back. */
export function printAuditQuery(filter: AuditFilter): string {
  const words = Object.entries(spelled).flatMap(([name, word]) => {
    const value = filter[name as keyof typeof spelled]
    if (value === undefined) return []
    return [`${word}:${quoted(typeof value === 'string' ? value : value.join(','), /^[^\s"]+$/)}`]
  })
  return [...words, ...(filter.text ?? []).map(text => quoted(text, /^[^\s":：]+$/))].join(' ')
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Word = Exclude<keyof AuditFilter, 'text'>

/** How each part of a filter is printed. */
const spelled = {
  actor: 'actor',
  holder: 'holder',
  draft: 'draft',
  workspace: 'ws',
  namespace: 'ns',
  kind: 'kind',
  known: 'known',
  how: 'how',
  since: 'since',
  until: 'until',
} as const satisfies Record<Word, string>

const words: ReadonlyMap<string, Word> = new Map([
  ...Object.keys(spelled).map(name => [name, name as Word] as const),
  ['ws', 'workspace'],
  ['ns', 'namespace'],
])

/** @returns why it cannot be put in, or null */
function put(filter: Mutable<AuditFilter>, given: string | null, value: string): string | null {
  if (given === null) {
    const text = [...(filter.text ?? []), value]
    if (text.length > mostAuditTexts) return `${mostAuditTexts} texts to find are the most.`
    filter.text = text
    return null
  }
  const word = words.get(given.toLowerCase())
  if (word === undefined)
    return `There is no word ${given}: in a query. There are ${Object.values(spelled).join(', ')}; text with a colon stands in quotes.`
  if (word === 'kind' || word === 'known') return putSome(filter, word, value)
  if (filter[word] !== undefined) return `${given}: is given twice.`
  if (word === 'since' || word === 'until') {
    const time = readTimeWord(value)
    if (time === null)
      return `${shown(value)} is no time: 7d, 2026-02-28 and 2026-02-28T10:00Z are, days that do not exist are not.`
    filter[word] = time
    return null
  }
  if (word === 'how') {
    const how = howWords.find(one => one === value.toLowerCase())
    if (how === undefined) return notOneOf(value, howWords)
    filter.how = how
    return null
  }
  filter[word] = value
  return null
}

/** Any of several, with commas between; kept in the order in which they are listed. */
function putSome(filter: Mutable<AuditFilter>, word: 'kind' | 'known', value: string): string | null {
  const all: readonly string[] = word === 'kind' ? auditKinds : knownWords
  const asked = value.toLowerCase().split(',')
  const stranger = asked.find(one => !all.includes(one))
  if (stranger !== undefined) return notOneOf(stranger, all)
  const chosen = new Set<string>([...(filter[word] ?? []), ...asked])
  if (word === 'kind') filter.kind = auditKinds.filter(one => chosen.has(one))
  else filter.known = knownWords.filter(one => chosen.has(one))
  return null
}

function valueFault(word: string | null, value: string): string | null {
  const what = word === null ? 'A text to find' : `${shown(word)}:`
  if (value === '') return `${what} is empty.`
  if (value.length > longestAuditValue) return `${what} is longer than ${longestAuditValue} characters.`
  if (!value.isWellFormed() || value.includes('\0')) return `${what} has a character that no text has.`
  return null
}

const notOneOf = (value: string, all: readonly string[]) => `${shown(value)} is none of ${all.join(', ')}.`

/** Somebody else's text inside a sentence. */
const shown = (text: string) => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`.toWellFormed()

const quoted = (text: string, plain: RegExp) =>
  plain.test(text) ? text : `"${text.replaceAll(/["\\]/g, one => `\\${one}`)}"`

/** Splits a line; each character is looked at once or twice, whatever it is. */
function tokensOf(query: string): { tokens: AuditTerm[] } | { fault: string } {
  const tokens: AuditTerm[] = []
  let at = 0
  /** Takes what fits right here. */
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(query)
    if (found) at += found[0].length
    return found
  }
  for (;;) {
    take(/\s+/y)
    if (at === query.length) return { tokens }
    // A Chinese keyboard writes the wide colon.
    const word = take(/([A-Za-z]+)[:：]/y)?.[1] ?? null
    const inQuotes = take(/"((?:[^"\\]|\\.)*)"/sy)?.[1]
    const value = inQuotes?.replaceAll(/\\(.)/gs, '$1') ?? take(/[^\s"]+/y)?.[0] ?? ''
    if (value === '' && query[at] === '"') return { fault: 'A quote is opened and never closed.' }
    if (at < query.length && !/\s/.test(query[at] ?? ''))
      return {
        fault: `A quote stands in the middle of ${shown(query.slice(Math.max(0, at - 10), at + 10))}: put blanks around it.`,
      }
    tokens.push({ word, value })
  }
}
