import { X } from 'lucide-react'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import type { AuditSearch } from './audit-search.ts'
import type { Choices } from './facets.tsx'
import { auditMessages } from './words.ts'

export interface FilterChipsProps {
  search: AuditSearch
  choices: Choices
  onChoose(next: AuditSearch): void
}

/** The filters that are on, each with a way to take it off. */
export function FilterChips({ search, choices, onChoose }: FilterChipsProps) {
  const words = useMessages(auditMessages)
  const keys = (['kind', 'namespace', 'holder', 'actor', 'draft'] as const).filter(key => search[key] !== undefined)
  const nameOf = (key: (typeof keys)[number]) => {
    if (key === 'kind') return search.kind?.map(kind => words.kinds[kind]).join(', ') ?? ''
    const value = search[key] ?? ''
    return choices[key].find(choice => choice.value === value)?.name ?? value
  }
  return (
    <>
      {keys.map(key => (
        <span key={key} className="filter">
          {key === 'kind' ? words.what : words[key]} <b className="clip">{nameOf(key)}</b>
          <button
            type="button"
            aria-label={words.remove(nameOf(key))}
            onClick={() => {
              const { [key]: _, ...rest } = search
              onChoose(rest)
            }}
          >
            <X className="i" aria-hidden />
          </button>
        </span>
      ))}
      {keys.length > 1 && (
        <Button tone="bare" onClick={() => onChoose({})}>
          {words.clear}
        </Button>
      )}
    </>
  )
}
