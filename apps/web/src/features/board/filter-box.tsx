import { ListFilter, X } from 'lucide-react'
import { useRef, type RefObject } from 'react'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { isComposing } from '../../ui/keys.ts'
import { Kbd } from '../../ui/tag.tsx'
import { boardMessages } from './messages.ts'
import type { FilterText } from './use-filter-text.ts'

export interface FilterBoxProps {
  inputRef: RefObject<HTMLInputElement | null>
  filter: FilterText
  total: number
  onEnter(): void
  onDown(): void
}

/** The board's one search box. Enter opens the first row; an Enter that picks a Chinese word does not. */
export function FilterBox({ inputRef, filter, total, onEnter, onDown }: FilterBoxProps) {
  const words = useMessages(boardMessages)
  const { text, setText, setWords } = filter
  const composing = useRef(false)
  return (
    <div className="field filter">
      <ListFilter className="i" aria-hidden />
      <input
        ref={inputRef}
        type="search"
        aria-label={words.filter}
        aria-keyshortcuts="/"
        placeholder={words.filterHint(total)}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={200}
        value={text}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={event => {
          composing.current = false
          setWords(event.currentTarget.value)
        }}
        onBlur={() => {
          composing.current = false
        }}
        onChange={event => {
          // A plain event is no typing (a form filled in for somebody): whatever was being composed is over.
          if (!(event.nativeEvent instanceof InputEvent)) composing.current = false
          // Words under composition are shown in the box, and filtered by only when they are words.
          if (composing.current) setText(event.target.value)
          else setWords(event.target.value)
        }}
        onKeyDown={event => {
          if (composing.current || isComposing(event.nativeEvent)) return
          if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
          if (event.key === 'Enter') {
            event.preventDefault()
            onEnter()
          } else if (event.key === 'ArrowDown') {
            event.preventDefault()
            onDown()
          } else if (event.key === 'Escape') {
            event.preventDefault()
            event.stopPropagation()
            if (text !== '') setWords('')
            else event.currentTarget.blur()
          }
        }}
      />
      {text === '' ? (
        <Kbd>/</Kbd>
      ) : (
        <Button
          tone="bare"
          icon
          aria-label={words.clear}
          onClick={() => {
            setWords('')
            inputRef.current?.focus()
          }}
        >
          <X className="i" aria-hidden />
        </Button>
      )}
    </div>
  )
}
