import fc from 'fast-check'
import { expect, it } from 'vitest'
import { upstreamDraft } from '../fixtures/raw-cloud.ts'
import { UnreadableAnswer } from './errors.ts'
import { failureOf } from './failure.ts'
import { decode, WrongShape } from './decode.ts'
import { judgeLockAnswer } from './lock-answer.ts'
import { readReply, type Arrived } from './reply.ts'
import { DraftPage } from './wire.ts'

const holders = new Map<string, string | null>([
  ['d1', null],
  ['d2', '38388383838383831'],
  ['d3', '1838996671829301'],
  ['d4', null],
])

function realPage() {
  const drafts = [...holders].map(([id, holder]) =>
    upstreamDraft(id, holder === null ? null : { id: holder, name: '林伟' }),
  )
  return {
    requestId: 'REQ-1',
    success: true,
    httpCode: 200,
    errorCode: '""',
    errorMessage: '""',
    data: drafts,
    pageIndex: 1,
    pageSize: 100,
    totalSize: 4,
  }
}

/** Nothing of this is a holder's id. */
const junk = fc.constantFrom<unknown>(
  null,
  '',
  '""',
  ' ',
  {},
  [],
  true,
  false,
  -1,
  0.5,
  1e40,
  [[]],
  { a: 1 },
  undefined,
)

/** Every place in a value, by path. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, child]) => placesIn(child, [...path, name]))]
}

function replaceAt(value: unknown, [name, ...rest]: string[], by: unknown): unknown {
  if (name === undefined) return by
  if (Array.isArray(value)) return value.map((child, at) => (String(at) === name ? replaceAt(child, rest, by) : child))
  const object = value as Record<string, unknown>
  return { ...object, [name]: replaceAt(object[name], rest, by) }
}

const places = placesIn(realPage())
const mutations = fc.array(fc.tuple(fc.nat(places.length - 1), junk), { minLength: 1, maxLength: 3 })

function arrived(text: string, status = 200): Arrived {
  return { came: true, status, headers: {}, body: { bytes: Buffer.from(text) }, sentAt: 0, arrivedAt: 1 }
}

type Reading = { holders: Map<string, string | null> } | { error: Error }

function read(text: string, status = 200): Reading {
  const answer = arrived(text, status)
  const reply = readReply(answer)
  const error = failureOf('ListDeploymentDrafts', reply, answer)
  if (error !== null) return { error }
  if (reply.kind !== 'envelope')
    return { error: new UnreadableAnswer({ operation: 'ListDeploymentDrafts' }, 'wrong-shape') }
  try {
    const { data } = decode(DraftPage, reply.body, reply.bytes)
    return { holders: new Map(data.drafts.map(({ draftId, lock }) => [draftId, lock?.holderId ?? null])) }
  } catch (fault) {
    if (fault instanceof WrongShape) return { error: fault }
    throw fault
  }
}

it('reads the page as it is', () => {
  expect(read(JSON.stringify(realPage()))).toEqual({ holders })
})

it('gives a typed error or a right reading of a page with wrong values in it, never a wrong holder', () => {
  let readable = 0
  let refused = 0
  fc.assert(
    fc.property(mutations, changes => {
      const touched = new Set<string>()
      let page: unknown = realPage()
      for (const [at, by] of changes) {
        const place = places[at] ?? []
        try {
          page = replaceAt(page, place, by)
        } catch {
          continue // An earlier change has taken that place away.
        }
        if (place[0] === 'data') touched.add(place[1] ?? 'all')
      }
      const reading = read(JSON.stringify(page) ?? '')
      if ('error' in reading) return void (refused += 1)
      readable += 1
      for (const [id, holder] of reading.holders) {
        const known = holders.get(id)
        if (holder !== null) expect(holder).toBe(known)
        // Free where somebody held it: only in a draft whose own answer was changed to nothing.
        else if (known !== null) expect(touched.has(String([...holders.keys()].indexOf(id)))).toBe(true)
      }
      if (touched.size === 0) expect(reading.holders).toEqual(holders)
    }),
    { numRuns: 20_000, seed: 20261125 },
  )
  console.log(`20000 pages with wrong values: ${refused} refused, ${readable} read rightly`)
  expect(refused).toBeGreaterThan(1000)
  expect(readable).toBeGreaterThan(1000)
})

it('gives a typed error for every page that breaks off, at whatever byte', () => {
  const text = JSON.stringify(realPage())
  for (let length = 0; length < text.length; length += 1) expect(read(text.slice(0, length))).toHaveProperty('error')
})

it('never throws anything untyped for bytes of any kind, whatever the status', () => {
  const text = JSON.stringify(realPage())
  fc.assert(
    fc.property(
      fc.nat(text.length),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.integer({ min: 200, max: 599 }),
      (at, put, status) => {
        const spoilt = text.slice(0, at) + put + text.slice(at)
        expect(() => read(spoilt, status)).not.toThrow()
        expect(() => judgeLockAnswer(arrived(spoilt, status))).not.toThrow()
      },
    ),
    { numRuns: 5000, seed: 20261125 },
  )
})

it('would notice a reader that takes an object for an id', () => {
  const careless = (page: ReturnType<typeof realPage>) =>
    page.data.map(({ lock }) => (lock === null ? null : String(lock.holderId)))
  const page = replaceAt(realPage(), ['data', '1', 'lock', 'holderId'], { a: 1 }) as ReturnType<typeof realPage>
  expect(careless(page)[1]).toBe('[object Object]')
  expect(read(JSON.stringify(page))).toHaveProperty('error')
})
