import type { Tx } from '../database/schema.ts'
import type { DraftRow } from './draft-row.ts'

/** Remembers from when until when drafts were there; most rows that are stored change nothing of it. */
export async function recordLives(
  tx: Tx,
  rows: readonly { before: DraftRow | null; row: DraftRow }[],
  now: number,
): Promise<void> {
  const isThere = (row: DraftRow | null) => row !== null && row.deleted_at === null
  const appeared = rows.filter(({ before, row }) => !isThere(before) && isThere(row)).map(({ row }) => row)
  const most = 500 // a statement takes about 32,000 values
  for (let from = 0; from < appeared.length; from += most)
    await tx
      .insertInto('draft_lives')
      .values(
        appeared.slice(from, from + most).map(({ workspace, namespace, draft_id }) => ({
          workspace,
          namespace,
          draft_id,
          since: now,
          until: null,
        })),
      )
      .onConflict(conflict => conflict.doNothing())
      .execute()
  for (const { before, row } of rows)
    if (isThere(before) && !isThere(row))
      await tx
        .updateTable('draft_lives')
        .set({ until: row.deleted_at })
        .where('workspace', '=', row.workspace)
        .where('namespace', '=', row.namespace)
        .where('draft_id', '=', row.draft_id)
        .where('until', 'is', null)
        .execute()
}

/** What a process of the release before did not remember: drafts that appeared, and drafts that went. */
export async function mendLives(tx: Tx, now: number): Promise<void> {
  await tx
    .insertInto('draft_lives')
    .columns(['workspace', 'namespace', 'draft_id', 'since', 'until'])
    .expression(eb =>
      eb
        .selectFrom('drafts')
        .select(['workspace', 'namespace', 'draft_id', eb.lit(now).as('since'), eb.lit(null).as('until')])
        .where('deleted_at', 'is', null)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('draft_lives as life')
                .select('life.since')
                .whereRef('life.workspace', '=', 'drafts.workspace')
                .whereRef('life.namespace', '=', 'drafts.namespace')
                .whereRef('life.draft_id', '=', 'drafts.draft_id')
                .where('life.until', 'is', null),
            ),
          ),
        ),
    )
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await tx
    .updateTable('draft_lives')
    .set({ until: now })
    .where('until', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('drafts')
          .select('drafts.draft_id')
          .whereRef('drafts.workspace', '=', 'draft_lives.workspace')
          .whereRef('drafts.namespace', '=', 'draft_lives.namespace')
          .whereRef('drafts.draft_id', '=', 'draft_lives.draft_id')
          .where('drafts.deleted_at', 'is not', null),
      ),
    )
    .execute()
}
