import { parseArgs } from 'node:util'
import type { StoreName } from './desk.ts'
import { type VariantName, variants } from './variants.ts'

export type Words =
  | {
      kind: 'campaign'
      stores: StoreName[]
      variants: VariantName[]
      kills: number
      seed: number
      replicas: number | null
      pausedMs: number
      isTalkative: boolean
    }
  | { kind: 'pairs'; pairs: number; keys: 1 | 2; seed: number }
  | { kind: 'load'; viewers: number; seconds: number }

export const usage = `Usage:
  chaos [--kills N] [--seed S] [--store sqlite|postgres] [--replicas N] [--variant NAME …] [--paused SECONDS] [--verbose]
  chaos pairs [--pairs N] [--keys 1|2]
  chaos load [--viewers N] [--seconds N]`

/** @throws Error with a sentence, where the words make no command */
export function parseWords(words: readonly string[]): Words {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      kills: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      store: { type: 'string' },
      replicas: { type: 'string' },
      variant: { type: 'string', multiple: true, default: Object.keys(variants) },
      paused: { type: 'string', default: '2.5' },
      verbose: { type: 'boolean', default: false },
      pairs: { type: 'string', default: '10000' },
      keys: { type: 'string', default: '1' },
      viewers: { type: 'string', default: '2000' },
      seconds: { type: 'string', default: '15' },
    },
  })
  const [kind = 'campaign', ...more] = positionals
  const seed = whole('seed', values.seed)
  if (more.length > 0) throw new Error(`${more[0]} is one word too many.\n${usage}`)
  if (kind === 'pairs') {
    if (values.keys !== '1' && values.keys !== '2') throw new Error(`--keys must be 1 or 2.\n${usage}`)
    return { kind, pairs: whole('pairs', values.pairs), keys: values.keys === '1' ? 1 : 2, seed }
  }
  if (kind === 'load')
    return { kind, viewers: whole('viewers', values.viewers), seconds: whole('seconds', values.seconds) }
  if (kind !== 'campaign') throw new Error(`There is no ${kind}.\n${usage}`)
  return {
    kind,
    stores: values.store === undefined ? ['sqlite', 'postgres'] : [storeOf(values.store)],
    variants: values.variant.map(variantOf),
    kills: whole('kills', values.kills),
    seed,
    replicas: values.replicas === undefined ? null : whole('replicas', values.replicas),
    pausedMs: Number(values.paused) * 1000,
    isTalkative: values.verbose,
  }
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number, not ${text}.\n${usage}`)
  return Number(text)
}

function storeOf(text: string): StoreName {
  if (text !== 'sqlite' && text !== 'postgres') throw new Error(`--store must be sqlite or postgres.\n${usage}`)
  return text
}

function variantOf(text: string): VariantName {
  if (!Object.hasOwn(variants, text))
    throw new Error(`There is no variant ${text}. There are ${Object.keys(variants).join(', ')}.`)
  return text as VariantName
}
