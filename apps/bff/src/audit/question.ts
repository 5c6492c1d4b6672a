import { type AuditFilter, auditFilterOf, parseAuditQuery } from '@lockdesk/contract'
import { z } from '../http/router.ts'
import { wholeNumber } from '../http/whole-number.ts'
import { badInput } from './ask-ledger.ts'

const one = (description: string) => z.string().optional().openapi({ description })
const some = (description: string) =>
  z
    .union([z.string(), z.array(z.string()).max(20)])
    .optional()
    .openapi({ description })

/** The filters, as they are spelled in an address: one by one, or all of them in `q`. */
export const filterShape = {
  q: one(
    'All filters in one line, instead of them: `actor:… holder:… draft:… ws:… ns:… kind:taken known:… how:… since:7d until:… free text`. A value with blanks stands in quotes.',
  ),
  actor: one('Who acted in Lockdesk: a person’s id or whole name.'),
  holder: one('Who held before or after: the id or the whole name by which the cloud names them.'),
  draft: one('A draft’s id or whole name.'),
  workspace: one('A workspace’s id.'),
  namespace: one('A namespace, or a pattern with `*`.'),
  kind: some('Any of these kinds; repeated, or with commas. `taken` means: taken through Lockdesk.'),
  known: some('Any of `exact`, `bounded`, `unwatched`, `at-least`; repeated, or with commas.'),
  how: one('`observed` or `lockdesk`.'),
  since: one('From here on: `7d`, `2026-02-28` (UTC) or `2026-02-28T10:00Z`.'),
  until: one('Up to here, a day with all its hours.'),
  text: one('A part of a draft’s name, of a holder’s name, or of a reason.'),
}

export const pageShape = { cursor: z.string().max(4_000).optional(), limit: wholeNumber(1, 200, 50) }

type Given = { [K in keyof typeof filterShape]?: string | string[] | undefined }

/** What is asked, however it was spelled. */
export interface Question {
  filter: AuditFilter
  /** Which part of the input is to blame where a part of the filter is. */
  blame(part: keyof AuditFilter): string
}

/**
 * Reads the filters of an address. One that is not understood is refused: left out, it would widen the answer without a word.
 * @throws ProblemError `bad-request`, with the part that is wrong
 */
export function readQuestion({ q, ...given }: Given): Question {
  const terms = Object.entries(given).flatMap(([word, values]) =>
    values === undefined ? [] : [values].flat().map(value => ({ word: word === 'text' ? null : word, value })),
  )
  if (typeof q === 'string' && q !== '') {
    if (terms.length > 0) throw badInput('q', 'Either q or the other filters, not both.')
    const read = parseAuditQuery(q)
    if ('fault' in read) throw badInput('q', read.fault)
    return { filter: read.filter, blame: () => 'q' }
  }
  const read = auditFilterOf(terms)
  if ('fault' in read) throw badInput(read.word ?? 'text', read.fault)
  return { filter: read.filter, blame: part => part }
}
