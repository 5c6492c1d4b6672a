import type { BoardDraft, DraftRef, Freshness, Me } from '@lockdesk/contract'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, Link as LinkIcon, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { draftKey } from '../../api/draft-key.ts'
import { isProblem } from '../../api/problem-error.ts'
import { draftPageQuery } from '../../api/queries.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatExact } from '../../i18n/time.ts'
import { hasRole } from '../../live/ability.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.tsx'
import { useCopy } from '../../ui/copy.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import '../../ui/panel.css'
import { DraftActions } from './draft-actions.tsx'
import { DraftEvents } from './draft-events.tsx'
import { DraftFacts } from './draft-facts.tsx'
import { DraftIds } from './draft-ids.tsx'
import './draft-panel.css'
import { HoldHistory } from './hold-history.tsx'
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
    <aside className="panel draft" aria-label={words.panel(draft?.name ?? draftRef.draftId)}>
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

function PanelHead({ draftRef, draft, onClose, onStep }: DraftPanelProps & { draft: BoardDraft | undefined }) {
  const words = useMessages(draftMessages)
  const copy = useCopy()
  const path = [draftRef.namespace, draft?.folder, draft?.kind, draft?.engineVersion].filter(Boolean).join(' / ')
  const link = `${location.origin}/?open=${draftKey(draftRef)}`
  return (
    <header>
      <div className="row-x head">
        <span className="t3 grow clip" title={path}>
          {path}
        </span>
        {onStep && (
          <>
            <Button tone="bare" icon aria-label={words.previous} onClick={() => onStep(-1)}>
              <ChevronUp className="i" aria-hidden />
            </Button>
            <Button tone="bare" icon aria-label={words.next} onClick={() => onStep(1)}>
              <ChevronDown className="i" aria-hidden />
            </Button>
          </>
        )}
        <Button tone="bare" icon aria-label={words.copyLink} onClick={() => void copy(link, words.linkCopied)}>
          <LinkIcon className="i" aria-hidden />
        </Button>
        <Button tone="bare" icon aria-label={words.close} onClick={onClose}>
          <X className="i" aria-hidden />
        </Button>
      </div>
      <h2>{draft?.name ?? draftRef.draftId}</h2>
    </header>
  )
}

/** What is special about the draft now: a take without an end, old knowledge, what the last take left to know. */
function DraftNotes({ draft, freshness, note }: Pick<DraftPanelProps, 'freshness' | 'note'> & { draft: BoardDraft }) {
  const language = useLanguage()
  const words = useMessages(draftMessages).statement
  const now = useNow(60_000)
  const isStale = freshness?.state === 'stale' && freshness.lastSweepAt !== null
  return (
    <div className="notes">
      {note}
      {draft.pending && (
        <Notice tone="warn">
          <strong>{words.pending}</strong> {words.pendingSince(formatExact(draft.pending.since, now, language))}
        </Notice>
      )}
      {isStale && freshness.lastSweepAt !== null && (
        <Notice tone="warn">
          <strong>{words.stale(formatExact(freshness.lastSweepAt, now, language))}</strong> {words.staleText}
        </Notice>
      )}
      {freshness?.state === 'never' && <Notice>{words.never}</Notice>}
    </div>
  )
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
