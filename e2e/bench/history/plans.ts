import pg from 'pg'

export interface Statement {
  text: string
  values: unknown[]
}

/** Every statement that this process sends to a PostgreSQL from now on: what is explained is what was really asked. */
export function listenToStatements(): Statement[] {
  const heard: Statement[] = []
  const { query } = pg.Client.prototype as { query: (...given: unknown[]) => unknown }
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, ...given: unknown[]) {
      const [asked, values] = given
      const text = typeof asked === 'string' ? asked : (asked as { text?: string } | null)?.text
      if (typeof text === 'string' && /^\s*(select|with)\b/i.test(text))
        heard.push({
          text,
          values: (values as unknown[] | undefined) ?? (asked as { values?: unknown[] }).values ?? [],
        })
      return query.apply(this, given)
    },
  })
  return heard
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  Plans?: Plan[]
}

/** Lets the database say how long each takes, and how it goes about it. @returns `sequential`: big tables that were read from end to end */
export async function explainAll(
  client: pg.Client,
  statements: readonly Statement[],
): Promise<{ ms: number; sequential: string[] }> {
  let ms = 0
  const sequential: string[] = []
  for (const { text, values } of statements) {
    const explain = `explain (analyze, format json, timing off) ${text}`
    await client.query(explain, values)
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan; 'Execution Time': number }] }>(explain, values)
    const [found] = rows[0]?.['QUERY PLAN'] ?? []
    ms += found?.['Execution Time'] ?? 0
    if (found) sequential.push(...scansOf(found.Plan))
  }
  return { ms, sequential }
}

function scansOf(plan: Plan): string[] {
  const table = plan['Relation Name'] ?? ''
  const own = plan['Node Type'] === 'Seq Scan' && (table === 'entries' || table === 'holds') ? [table] : []
  return [...own, ...(plan.Plans ?? []).flatMap(scansOf)]
}
