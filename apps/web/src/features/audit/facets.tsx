import type { LockEvent } from '@lockdesk/contract'
import { Check } from 'lucide-react'
import { useMemo } from 'react'
import { useMessages } from '../../i18n/messages.ts'
import { useBoard } from '../../live/provider.tsx'
import { type AuditSearch, auditKinds, toggleKind } from './audit-search.ts'
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

/**
 * Whom and what the entries that were read, and the board, know by name.
 * @param seesAll the audit tells this person of holders that they have nothing to do with
 */
export function useChoices(events: readonly LockEvent[], seesAll: boolean) {
  const { data: board } = useBoard()
  return useMemo(() => {
    const holders = events.flatMap(({ from, to }) => [from, to]).filter(holder => holder !== null)
    const held = (seesAll ? (board?.drafts ?? []) : [])
      .map(({ lock }) => lock?.holder)
      .filter(holder => holder !== undefined)
    return {
      holder: counted([...holders, ...held].map(({ id, name }) => [id, name] as const)),
      actor: counted(events.flatMap(({ actor }) => (actor ? [[actor.id, actor.name] as const] : []))),
      draft: counted([
        ...(board?.drafts ?? []).map(({ ref, name }) => [ref.draftId, name] as const),
        ...events.flatMap(({ ref, draftName }) => (ref.draftId ? [[ref.draftId, draftName] as const] : [])),
      ]),
      namespace: (board?.namespaces ?? []).map(({ namespace }) => ({ value: namespace, name: namespace })),
    }
  }, [events, board, seesAll])
}

export type Choices = ReturnType<typeof useChoices>

export interface FacetsProps {
  search: AuditSearch
  choices: Choices
  onChoose(next: AuditSearch): void
}

/** What to filter by: any of the kinds, and one of each of the others; a second press takes it back. */
export function Facets({ search, choices, onChoose }: FacetsProps) {
  const words = useMessages(auditMessages)
  const one = (key: 'namespace' | 'holder' | 'actor') => ({
    isOn: (value: string) => search[key] === value,
    toggle(value: string) {
      const { [key]: before, ...rest } = search
      onChoose(before === value ? rest : { ...rest, [key]: value })
    },
  })
  return (
    <nav className="facets" aria-label={words.filters}>
      <Facet
        title={words.what}
        choices={auditKinds.map(kind => ({ value: kind, name: words.kinds[kind] }))}
        isOn={kind => search.kind?.some(on => on === kind) === true}
        toggle={value => {
          const kind = auditKinds.find(known => known === value)
          if (kind) onChoose(toggleKind(search, kind))
        }}
      />
      <Facet title={words.namespace} choices={choices.namespace} {...one('namespace')} />
      <Facet title={words.holder} choices={choices.holder.slice(0, mostChoices)} {...one('holder')} />
      <Facet title={words.actor} choices={choices.actor.slice(0, mostChoices)} {...one('actor')} />
    </nav>
  )
}

interface FacetProps {
  title: string
  choices: readonly Choice[]
  isOn(value: string): boolean
  toggle(value: string): void
}

function Facet({ title, choices, isOn, toggle }: FacetProps) {
  if (choices.length === 0) return null
  return (
    <div role="group" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {choices.map(({ value, name }) => (
          <li key={value}>
            <button type="button" aria-pressed={isOn(value)} title={name} onClick={() => toggle(value)}>
              <span className="box" aria-hidden>
                {isOn(value) && <Check className="i" />}
              </span>
              <span className="clip">{name}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
