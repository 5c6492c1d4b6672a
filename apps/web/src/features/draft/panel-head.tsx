import type { BoardDraft, DraftRef } from '@lockdesk/contract'
import { ChevronDown, ChevronUp, Link as LinkIcon, X } from 'lucide-react'
import { draftKey } from '../../api/draft-key.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { useCopy } from '../../ui/copy.tsx'
import { draftTitle, shown } from '../../ui/shown-name.ts'
import { draftMessages } from './words.ts'

/** Upstream's kinds as people say them; a kind that is not known stands as it is. */
function kindWord(kind: string | null | undefined): string | null | undefined {
  return kind === 'SQLSCRIPT' ? 'SQL' : kind === 'CDCYAML' ? 'YAML' : kind
}

export interface PanelHeadProps {
  draftRef: DraftRef
  draft: BoardDraft | undefined
  onClose(): void
  onStep?: ((by: 1 | -1) => void) | undefined
}

/** Where the draft lies, its whole name, and the ways to the next one, to a link and out. */
export function PanelHead({ draftRef, draft, onClose, onStep }: PanelHeadProps) {
  const words = useMessages(draftMessages)
  const copy = useCopy()
  const path = [
    draftRef.namespace,
    shown(draft?.folder ?? ''),
    kindWord(draft?.kind),
    draft?.engineVersion?.replace(/-flink-.*$/, ''),
  ]
    .filter(Boolean)
    .join(' / ')
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
      <h2>{draftTitle(draft?.name ?? '', draftRef.draftId)}</h2>
    </header>
  )
}
