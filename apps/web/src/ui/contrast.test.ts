import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Rgb = readonly [number, number, number]

/** Both themes of every token that is a plain colour, straight from the style sheet. */
function readTokens(): Map<string, Record<'light' | 'dark', Rgb>> {
  const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8').split('@media')[0] ?? ''
  const pairs = css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)
  const tokens = new Map(
    [...pairs].map(([, name, light, dark]) => [name ?? '', { light: rgb(light), dark: rgb(dark) }]),
  )
  for (const [, name, other] of css.matchAll(/--([\w-]+):\s*var\(--([\w-]+)\);/g)) {
    const value = tokens.get(other ?? '')
    if (value) tokens.set(name ?? '', value)
  }
  return tokens
}

function rgb(hex = ''): Rgb {
  return [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(color: Rgb): number {
  const [r, g, b] = color.map(part => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function ratio(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const tokens = readTokens()
const color = (name: string, theme: 'light' | 'dark') => {
  const found = tokens.get(name)
  if (!found) throw new Error(`no token --${name}`)
  return found[theme]
}

const grounds = ['canvas', 'surface', 'raised', 'sunken', 'fill-hover', 'fill-selected']
const texts = ['text-1', 'text-2', 'text-3', 'free', 'held', 'mine', 'overdue', 'error']
const onOwnGround = [
  ['text-on-solid', 'solid'],
  ['text-on-solid', 'solid-hover'],
  ['text-on-danger', 'danger-solid'],
  ['text-on-danger', 'danger-solid-hover'],
  ['mine-on-solid', 'mine-solid'],
  ['mine', 'mine-tint'],
  ['mine', 'mine-tint-2'],
  ['text-3', 'mine-tint'],
  ['text-1', 'mine-tint'],
  ['overdue', 'overdue-tint'],
  ['text-2', 'overdue-tint'],
  ['text-3', 'overdue-tint'],
  ['overdue', 'mine-tint'],
  ['error', 'error-tint'],
  ['text-2', 'error-tint'],
  ['text-2', 'fill-neutral'],
  ['text-1', 'fill-press'],
  ['text-3', 'gap-ground'],
] as const
const controls = ['line-3', 'focus', 'overdue-mark', 'error-mark', 'mine-solid', 'known']

/** The rules of the style sheet of buttons, those of a single compound selector. */
const buttonRules = [
  ...readFileSync(new URL('button.css', import.meta.url), 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .matchAll(/([^{}]+)\{([^{}]*)\}/g),
].flatMap(([, selectors = '', body = ''], order) =>
  selectors
    .split(',')
    .map(selector => ({ parts: selector.trim().match(/\.[\w-]+|:[\w-]+|\[[^\]]+\]/g) ?? [], selector, body, order }))
    .filter(rule => !/[\s>]/.test(rule.selector.trim())),
)

/** What the cascade makes of one property of a button that is in these states. */
function ofButton(property: 'color' | 'background', states: readonly string[]): string | undefined {
  const declared = new RegExp(`(?:^|[;\\s])${property}:\\s*(?:var\\(--([\\w-]+)\\)|(none))`)
  const found = buttonRules
    .filter(({ parts, body }) => parts.every(part => states.includes(part)) && declared.test(body))
    .toSorted((a, b) => a.parts.length - b.parts.length || a.order - b.order)
    .at(-1)
  const [, token, none] = found?.body.match(declared) ?? []
  return token ?? none
}

const off = "[aria-disabled='true']"
const busy = "[aria-busy='true']"
const looks = ['', '.solid', '.danger', '.bare'].flatMap(tone =>
  [[], [off], [off, busy]].flatMap(how =>
    [[], [':hover'], [':hover', ':active']].map(pointer => ['.btn', tone, ...how, ...pointer].filter(Boolean)),
  ),
)

describe.each(['light', 'dark'] as const)('in the %s theme', theme => {
  it.each(texts.flatMap(text => grounds.map(ground => [text, ground] as const)))(
    '%s can be read on %s',
    (text, ground) => {
      expect(ratio(color(text, theme), color(ground, theme))).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each(onOwnGround)('%s can be read on %s', (text, ground) => {
    expect(ratio(color(text, theme), color(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(controls.flatMap(line => ['canvas', 'surface', 'raised'].map(ground => [line, ground] as const)))(
    '%s can be seen on %s',
    (line, ground) => {
      expect(ratio(color(line, theme), color(ground, theme))).toBeGreaterThanOrEqual(3)
    },
  )

  it.each(looks.map(states => [states.join(''), states] as const))('a button %s can be read', (_, states) => {
    const text = ofButton('color', states) ?? ''
    const ground = ofButton('background', states) ?? ''
    for (const behind of ground === 'none' ? ['canvas', 'surface', 'raised'] : [ground])
      expect(ratio(color(text, theme), color(behind, theme))).toBeGreaterThanOrEqual(4.5)
  })
})
