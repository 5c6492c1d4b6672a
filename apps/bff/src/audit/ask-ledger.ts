import { type AuditFilter, type NamespaceRef, matchesPattern, spanOfTimeWord } from '@lockdesk/contract'
import { ProblemError } from '../http/problem.ts'
import type { HistoryFilter, HistoryQuery } from '../ledger/history-query.ts'
import { HistoryBehind, type Ledger, TooMuchToCount } from '../ledger/ledger.ts'
import type { Scope } from '../ledger/scope.ts'

/** Who asks: everything of the namespaces administered, and of those edited what concerns the person. */
export interface Auditor {
  personId: string
  administered: Scope
  edited: Scope
}

/** So many drafts may go by one name, or the question must say more. */
const mostNamesakes = 200

/**
 * A question in the ledger's words: names become ids, words for times become times, and what the asker may see bounds it all.
 * @param asOf what `7d` is counted back from
 * @param blame the part of the input that is wrong where a part of the filter is
 * @throws ProblemError `bad-request`
 */
export async function askLedger(
  ledger: Pick<Ledger, 'identify'>,
  auditor: Auditor,
  filter: AuditFilter,
  { asOf, blame }: { asOf: number; blame: (part: keyof AuditFilter) => string },
): Promise<HistoryQuery> {
  const within = (scope: Scope) => scope.filter(ref => fits(ref, filter))
  const parts = [
    { scope: within(auditor.administered) },
    // Behind a shared identity nobody is the holder: there the claim tells whose it is.
    { scope: within(auditor.edited), concerning: auditor.personId },
  ]
  const { actor, holder, draft } = filter
  const { identify } = ledger
  const [actorIds, holderIds, drafts] = await Promise.all([
    actor === undefined ? undefined : identify.persons(actor),
    holder === undefined ? undefined : identify.holders(holder),
    draft === undefined
      ? undefined
      : identify.drafts(
          parts.flatMap(({ scope }) => scope),
          draft,
        ),
  ])
  if (drafts && drafts.length > mostNamesakes)
    throw badInput(blame('draft'), 'More than 200 drafts have this name: say a namespace too, or the id of the draft.')
  return {
    parts,
    filter: {
      ...(actorIds && { actorIds }),
      ...(holderIds && { holderIds }),
      ...(drafts && { drafts }),
      ...plainParts(filter),
      ...periodOf(filter, asOf, blame),
    },
  }
}

/** An answer of the ledger, or why there is none, as a problem. */
export async function answerOf<Answer>(
  asked: Promise<Answer>,
  blame: (part: keyof AuditFilter) => string,
): Promise<Answer> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof TooMuchToCount)
      throw badInput(
        blame('since'),
        'That many entries are not counted at once: ask for a period, for example since 30d.',
      )
    if (error instanceof HistoryBehind)
      throw new ProblemError('ledger-unavailable', {
        detail: 'The history is being made ready after an upgrade. Nothing is lost; ask again in a minute.',
        retryAfterSeconds: 10,
      })
    throw error
  }
}

export function badInput(path: string, message: string): ProblemError {
  return new ProblemError('bad-request', {
    detail: 'Some of the input is not as it should be.',
    errors: [{ path, message }],
  })
}

function fits(ref: NamespaceRef, { workspace, namespace }: AuditFilter): boolean {
  return (
    (workspace === undefined || matchesPattern(workspace, ref.workspace)) &&
    (namespace === undefined || matchesPattern(namespace, ref.namespace))
  )
}

function plainParts({ kind, known, how, text }: AuditFilter): HistoryFilter {
  return {
    ...(kind && { kinds: kind.filter(one => one !== 'taken'), isTaken: kind.includes('taken') }),
    ...(known && { known }),
    ...(how && { how }),
    ...(text && { texts: text }),
  }
}

function periodOf(
  { since, until }: AuditFilter,
  asOf: number,
  blame: (part: keyof AuditFilter) => string,
): Pick<HistoryFilter, 'since' | 'until'> {
  const from = since === undefined ? undefined : spanOfTimeWord(since, asOf).start
  const to = until === undefined ? undefined : spanOfTimeWord(until, asOf).end
  if (from !== undefined && to !== undefined && from >= to)
    throw badInput(blame('until'), 'The period ends before it begins.')
  return { ...(from !== undefined && { since: from }), ...(to !== undefined && { until: to }) }
}
