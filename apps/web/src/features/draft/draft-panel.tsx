import type { BoardDraft, DraftRef, Freshness, Me } from '@lockdesk/contract'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isProblem } from '../../api/problem-error.ts'
import { draftPageQuery } from '../../api/queries.ts'
import { useMessages } from '../../i18n/messages.ts'
import { hasRole } from '../../live/ability.ts'
import { Button } from '../../ui/button.tsx'
import { panelCovers } from '../../ui/covers.ts'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import '../../ui/panel.css'
import { draftTitle } from '../../ui/shown-name.ts'
import { DraftActions } from './draft-actions.tsx'
import { DraftEvents } from './draft-events.tsx'
import { DraftFacts } from './draft-facts.tsx'
import { DraftIds } from './draft-ids.tsx'
import { DraftNotes } from './draft-notes.tsx'
import './draft-panel.css'
import { HoldHistory } from './hold-history.tsx'
import { PanelHead } from './panel-head.tsx'
import { Statement } from './statement.tsx'
import { draftMessages } from './words.ts'

export interface DraftPanelProps {
  draftRef: DraftRef
  /** The row of the board, live; undefined where the board does not have the draft (gone, or not loaded yet). */
  row: BoardDraft | undefined
  freshness: Freshness | undefined
  me: Me
  /** A take of this draft is under way. */
  taking: boolean
  onTake(draft: BoardDraft): void
  onTakeOver(draft: BoardDraft): void
  onClose(): void
  /** To the row above (-1) or below (1); absent where there is none. */
  onStep?: ((by: 1 | -1) => void) | undefined
  /** What the last take of this draft left to know. */
  note?: ReactNode
}

/** Everything that is known about one draft, beside the table. */
export function DraftPanel(props: DraftPanelProps) {
  const { draftRef, row, freshness, me, note } = props
  const words = useMessages(draftMessages)
  const { data: page, error, isPending, refetch } = useQuery(draftPageQuery(draftRef))
  // The board's row is newer than the page; where the board has none, the draft may be gone.
  const draft = row ?? page?.draft
  return (
    <aside
      ref={focusedWhereAlone}
      tabIndex={-1}
      className="panel draft"
      aria-label={words.panel(draftTitle(draft?.name ?? '', draftRef.draftId))}
    >
      <PanelHead {...props} draft={draft} />
      <div className="body">
        {draft && (
          <>
            <section>
              <Statement draft={draft} freshness={freshness} holds={page?.holds} me={me} />
              <DraftActions {...props} draft={draft} />
            </section>
            <DraftNotes draft={draft} freshness={freshness} note={note} />
            <DraftFacts draft={draft} me={me} />
          </>
        )}
        {page && (
          <>
            <HoldHistory holds={page.holds} events={page.events} />
            <DraftEvents draftRef={draftRef} events={page.events} holds={page.holds} mayAudit={hasRole(me, 'editor')} />
          </>
        )}
        {!page && isPending && <LoadingHistory />}
        {!page && !isPending && (
          <NoHistory isUnknown={draft === undefined && isProblem(error, 'not-found')} onRetry={() => void refetch()} />
        )}
        {draft && <DraftIds draft={draft} />}
      </div>
    </aside>
  )
}

/** Where the panel covers the page, what had the focus is out of reach: the panel has it then. */
function focusedWhereAlone(panel: HTMLElement | null) {
  if (panel && panelCovers() && !panel.contains(document.activeElement)) panel.focus({ preventScroll: true })
}

function LoadingHistory() {
  const words = useMessages(draftMessages)
  return (
    <section aria-busy="true">
      <p className="sr">{words.loading}</p>
      <div className="loading" aria-hidden>
        {[120, 400, 360, 400, 90, 320, 280].map((width, at) => (
          <Skeleton key={at} width={width} />
        ))}
      </div>
    </section>
  )
}

function NoHistory({ isUnknown, onRetry }: { isUnknown: boolean; onRetry(): void }) {
  const words = useMessages(draftMessages)
  if (isUnknown) {
    return (
      <div className="void">
        <h3>{words.notFound.title}</h3>
        <p>{words.notFound.text}</p>
      </div>
    )
  }
  return (
    <section>
      <Notice tone="err" actions={<Button onClick={onRetry}>{words.retry}</Button>}>
        <strong>{words.failed.title}.</strong> {words.failed.text}
      </Notice>
    </section>
  )
}
