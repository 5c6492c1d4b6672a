import type { LockEvent } from '@lockdesk/contract'
import { useMemo } from 'react'
import { useMessages } from '../../i18n/messages.ts'
import { useBoard } from '../../live/provider.tsx'
import { type AuditSearch, auditKinds } from './audit-search.ts'
import { auditMessages } from './words.ts'

/** Something to filter by: what the URL says and what people read. */
export interface Choice {
  value: string
  name: string
}

const mostChoices = 8

function counted(pairs: Iterable<readonly [string, string]>): Choice[] {
  const found = new Map<string, { name: string; n: number }>()
  for (const [value, name] of pairs) {
    const before = found.get(value)
    found.set(value, { name: name || value, n: (before?.n ?? 0) + 1 })
  }
  return [...found]
    .toSorted(([, a], [, b]) => b.n - a.n || a.name.localeCompare(b.name))
    .map(([value, { name }]) => ({ value, name }))
}

/** Whom and what the entries that were read, and the board, know by name. */
export function useChoices(events: readonly LockEvent[]) {
  const { data: board } = useBoard()
  return useMemo(() => {
    const holders = events.flatMap(({ from, to }) => [from, to]).filter(holder => holder !== null)
    const held = (board?.drafts ?? []).map(({ lock }) => lock?.holder).filter(holder => holder !== undefined)
    return {
      holder: counted([...holders, ...held].map(({ id, name }) => [id, name] as const)),
      actor: counted(events.flatMap(({ actor }) => (actor ? [[actor.id, actor.name] as const] : []))),
      draft: counted([
        ...(board?.drafts ?? []).map(({ ref, name }) => [ref.draftId, name] as const),
        ...events.flatMap(({ ref, draftName }) => (ref.draftId ? [[ref.draftId, draftName] as const] : [])),
      ]),
      namespace: (board?.namespaces ?? []).map(({ namespace }) => ({ value: namespace, name: namespace })),
    }
  }, [events, board])
}

export type Choices = ReturnType<typeof useChoices>

export interface FacetsProps {
  search: AuditSearch
  choices: Choices
  onChoose(next: AuditSearch): void
}

/** What to filter by, one choice of each kind; a second press takes it back. */
export function Facets({ search, choices, onChoose }: FacetsProps) {
  const words = useMessages(auditMessages)
  const facet = (key: 'kind' | 'namespace' | 'holder' | 'actor', title: string, all: readonly Choice[]) => {
    if (all.length === 0) return null
    return (
      <div role="group" aria-label={title}>
        <h2>{title}</h2>
        <ul>
          {all.map(({ value, name }) => {
            const isOn = search[key] === value
            return (
              <li key={value}>
                <button
                  type="button"
                  aria-pressed={isOn}
                  title={name}
                  onClick={() => {
                    const { [key]: _, ...rest } = search
                    onChoose(isOn ? rest : ({ ...rest, [key]: value } as AuditSearch))
                  }}
                >
                  <span className="clip">{name}</span>
                </button>
              </li>
            )
          })}
        </ul>
      </div>
    )
  }
  return (
    <nav className="facets" aria-label={words.filters}>
      {facet(
        'kind',
        words.what,
        auditKinds.map(kind => ({ value: kind, name: words.kinds[kind] })),
      )}
      {facet('namespace', words.namespace, choices.namespace)}
      {facet('holder', words.holder, choices.holder.slice(0, mostChoices))}
      {facet('actor', words.actor, choices.actor.slice(0, mostChoices))}
    </nav>
  )
}
