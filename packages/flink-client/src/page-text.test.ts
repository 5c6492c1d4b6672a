import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, WrongShape } from './decode.ts'
import { isObject } from './json-object.ts'
import { parseBeside, type ReadPage } from './page-text.ts'
import { DraftPage, readDraft } from './wire.ts'

type Wire = Record<string, unknown>

const wireDraft = (id: string, more: Wire = {}): Wire => ({
  deploymentDraftId: id,
  name: `draft ${id}`,
  artifact: { kind: 'SQLSCRIPT', sqlArtifact: { sqlScript: `select '"data":[{' from t -- ${id} ]},{` } },
  localVariables: [{ name: 'a', value: '1' }],
  lock: null,
  ...more,
})
const three = ['a', 'b', 'c'].map(id => wireDraft(id))
const envelope = { requestId: 'r-1', success: true, httpCode: 200, pageIndex: 1, pageSize: 100, totalSize: 3 }
const answer = (data: unknown, more: Wire = {}) => JSON.stringify({ ...envelope, ...more, data })

/** What the whole says, parsed from the beginning. */
const whole = (text: string) => {
  const { data, ...around } = decode(DraftPage, JSON.parse(text) as Wire, Buffer.from(text))
  return { ...around, drafts: data.drafts }
}

/** @returns null where the whole has to be parsed */
function beside(text: string, before: ReadPage | null = null) {
  const bytes = Buffer.from(text)
  const body = parseBeside(bytes, before, readDraft)
  if (body === null) return null
  const { data, ...around } = decode(DraftPage, body, bytes)
  return { ...around, drafts: data.drafts, page: data.page ?? null, body }
}
const read = (text: string, before: ReadPage | null = null) => {
  const found = beside(text, before)
  if (found?.page) return { ...found, page: found.page }
  throw new Error('the whole would have been parsed')
}

describe('a page beside the one before', () => {
  const { page: before, drafts } = read(answer(three))

  it('is the very same list where nothing changed but what stands around it', () => {
    const again = read(answer(three, { requestId: 'r-2', totalSize: 4 }), before)
    expect(again.drafts).toBe(drafts)
    expect(again.totalSize).toBe(4)
  })

  it('shows what an envelope says now, whatever the list', () => {
    const failed = parseBeside(Buffer.from(answer(three, { success: false, httpCode: 500 })), before, readDraft)
    expect(failed).toMatchObject({ success: false, httpCode: 500 })
  })

  it('has the same objects but for the draft that changed', () => {
    const changed = three.with(1, wireDraft('b', { lock: { id: 'l', holderId: '7', holderName: 'Lin' } }))
    const next = read(answer(changed), before)
    expect(next.drafts.map((draft, at) => draft === drafts[at])).toEqual([true, false, true])
    expect(next.drafts[1]?.lock?.holderId).toBe('7')
  })

  it('has the same objects where one was added or removed before them', () => {
    const [, b, c] = drafts
    expect(read(answer(three.slice(1)), before).drafts).toEqual([b, c])
    expect(read(answer(three.slice(1)), before).drafts[0]).toBe(b)
    const more = read(answer([wireDraft('new'), ...three]), before)
    expect(more.drafts.slice(1).every((draft, at) => draft === drafts[at])).toBe(true)
  })

  it.each([
    ['data first', `{"data":${JSON.stringify(three)},"success":true,"totalSize":3,"requestId":"r"}`],
    ['data in the middle', `{"success":true,"data":${JSON.stringify(three)},"totalSize":3,"requestId":"r-9"}`],
    ['a byte order mark', `\uFEFF${answer(three)}`],
  ])('is told by its own text, wherever it stands: %s', (_, text) => {
    expect(read(text, before).drafts).toBe(drafts)
  })

  it.each([
    ['two members data', `{"success":true,"totalSize":3,"data":${JSON.stringify(three)},"data":[]}`],
    ['another list behind it', `{"success":true,"totalSize":3,"data":${JSON.stringify(three)},"more":[1]}`],
    ['a member of another object', `{"success":true,"totalSize":0,"x":{"data":${JSON.stringify(three)}},"data":null}`],
    ['a key that ends like it', `{"success":true,"totalSize":0,"x\\"data":${JSON.stringify(three)}}`],
    ['blanks', JSON.stringify({ ...envelope, data: three }, null, 1)],
    ['a list of lists', answer([[{ name: 'a' }], [{ name: 'b' }]])],
    ['broken off', answer(three).slice(0, -40)],
    ['broken within', answer(three).replace('"lock":null', '"lock":nul')],
    ['two values without a comma', answer(three).replace('},{"deploymentDraftId"', '}{"deploymentDraftId"')],
    ['no list', answer(null)],
    ['an object', answer({ a: [1] })],
  ])('is not told beside another, but from the beginning: %s', (_, text) => {
    expect(beside(text, before)).toBeNull()
  })

  it('keeps every digit of a number that matters', () => {
    const text = answer(three).replace('"lock":null', '"lock":{"id":"l","holderId":9007199254740993,"holderName":"n"}')
    expect(read(text).drafts[0]?.lock?.holderId).toBe('9007199254740993')
  })

  it('says where a draft cannot be read, and only when its drafts are asked for', () => {
    const text = answer(three.with(2, wireDraft('c', { lock: 7 })), { success: false })
    const body = parseBeside(Buffer.from(text), null, readDraft)
    expect(body).toMatchObject({ success: false })
    expect(() => body?.data.read()).toThrow(new WrongShape('data.2.lock'))
  })

  it('is empty where the list is', () => {
    expect(read(answer([]), before).drafts).toEqual([])
  })
})

const anyDraft = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    name: fc.oneof(
      fc.constantFrom('},{"deploymentDraftId":"x"', ']', '"data":[', '支付🚀'),
      fc.string({ unit: 'grapheme' }),
    ),
    holder: fc.constantFrom(null, '7', '8'),
    more: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 }),
  })
  .map(({ id, name, holder, more }) =>
    wireDraft(id, { name, lock: holder && { id: 'l', holderId: holder, holderName: 'n' }, extra: more }),
  )
const anyAnswer = fc
  .record({
    drafts: fc.array(anyDraft, { maxLength: 6 }),
    order: fc.shuffledSubarray([...Object.keys(envelope), 'data'], { minLength: 7, maxLength: 7 }),
    requestId: fc.string(),
  })
  .map(({ drafts, order, requestId }) => {
    const all: Wire = { ...envelope, requestId, data: drafts }
    return JSON.stringify(Object.fromEntries(order.map(key => [key, all[key]])))
  })
/** One byte of an answer exchanged. */
const bruised = fc.tuple(anyAnswer, fc.nat(), fc.constantFrom('"', ']', '}', ',', 'x', '\\')).map(([text, at, by]) => {
  const place = at % text.length
  return text.slice(0, place) + by + text.slice(place + 1)
})

it('says just what the whole says, whatever came before it', () => {
  let told = 0
  fc.assert(
    fc.property(fc.array(fc.oneof(anyAnswer, bruised), { maxLength: 6 }), answers => {
      let before: ReadPage | null = null
      for (const text of answers) {
        let expected: unknown
        try {
          expected = whole(text)
        } catch {
          expected = undefined
        }
        let found: unknown
        try {
          const seen = beside(text, before)
          if (seen === null) continue
          before = seen.page
          expect(isObject(seen.body)).toBe(true)
          const { page: _, body: __, ...said } = seen
          found = said
          told += 1
        } catch (fault) {
          if (!(fault instanceof WrongShape)) throw fault
        }
        expect(found).toEqual(expected)
      }
    }),
    { numRuns: 2_000 },
  )
  expect(told).toBeGreaterThan(2_000)
})
