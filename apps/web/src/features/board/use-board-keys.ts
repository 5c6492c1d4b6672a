import type { Me } from '@lockdesk/contract'
import { draftKey } from '../../api/draft-key.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useKeys } from '../../ui/keys.ts'
import { useLetterKeys } from '../../ui/letter-keys.tsx'
import { draftTitle } from '../../ui/shown-name.ts'
import { useToasts } from '../../ui/toast.tsx'
import { boardMessages } from './messages.ts'
import { act, openEditor, whyNot, type Desk } from './row-action.ts'
import type { SearchState } from './search.ts'
import { useCopyLink } from './use-copy-link.ts'
import type { Cursor } from './use-cursor.ts'

/** The board by the keyboard. */
export function useBoardKeys(cursor: Cursor, { search, onSearch }: SearchState, me: Me, desk: Desk): void {
  const words = useMessages(boardMessages)
  const toasts = useToasts()
  const copyLink = useCopyLink()
  const { on: letterKeys } = useLetterKeys()

  useKeys({
    Enter: () => (cursor.at === null ? false : cursor.open(cursor.at)),
    Escape: cursor.openKey === undefined ? undefined : cursor.close,
    ArrowDown: () => isInTable() && cursor.move(1),
    ArrowUp: () => isInTable() && cursor.move(-1),
  })
  useKeys(
    {
      j: () => cursor.move(1),
      k: () => cursor.move(-1),
      m: () => onSearch({ ...search, state: search.state === 'mine' ? undefined : 'mine' }, 'push'),
      c: () => copyLink(cursor.target()),
      o: () => {
        const draft = cursor.target()
        if (draft) openEditor(draft)
      },
      t: event => {
        const draft = cursor.target()
        if (!draft || event.repeat || desk.taking.has(draftKey(draft.ref))) return
        const not = whyNot(draft)
        if (not === null) act(draft, me, desk)
        else
          toasts.show({
            title: draftTitle(draft.name, draft.ref.draftId),
            body: words.whyNot[not],
            key: 'why-not',
            announce: words.whyNot[not],
          })
      },
    },
    letterKeys,
  )
}

function isInTable(): boolean {
  return document.activeElement?.closest('[data-key]') instanceof HTMLElement
}
