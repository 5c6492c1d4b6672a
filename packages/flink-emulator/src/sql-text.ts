import type { Draft } from './world.ts'

/**
 * The artifact of a draft as the cloud hands it out: whole scripts, secrets in their WITH clauses included,
 * which is why whoever reads drafts must never pass them on.
 */
export function artifactOf(draft: Draft): Record<string, unknown> {
  if (draft.artifact !== null) return draft.artifact
  return draft.kind === 'CDCYAML'
    ? { kind: draft.kind, cdcYamlArtifact: { cdcYaml: cdcYaml(draft), additionalDependencies: [] } }
    : { kind: draft.kind, sqlArtifact: { sqlScript: sqlScript(draft), additionalDependencies: [] } }
}

function sqlScript(draft: Draft): string {
  const table = draft.name.replaceAll('`', '')
  return `-- ${draft.name}
CREATE TEMPORARY TABLE source_${tail(draft)} (
  id BIGINT,
  amount DECIMAL(18, 2),
  updated_at TIMESTAMP(3),
  WATERMARK FOR updated_at AS updated_at - INTERVAL '5' SECOND
) WITH (
  'connector' = 'mysql-cdc',
  'hostname' = 'rm-${tail(draft)}.mysql.rds.aliyuncs.com',
  'username' = 'flink_reader',
  'password' = 'emulated-sql-password-${tail(draft)}',
  'database-name' = '${draft.namespace.name.replaceAll("'", "''")}',
  'table-name' = 'orders'
);

INSERT INTO \`${table}\`
SELECT id, SUM(amount), TUMBLE_END(updated_at, INTERVAL '1' MINUTE)
FROM source_${tail(draft)}
GROUP BY id, TUMBLE(updated_at, INTERVAL '1' MINUTE);
`
}

function cdcYaml(draft: Draft): string {
  return `source:
  type: mysql
  hostname: rm-${tail(draft)}.mysql.rds.aliyuncs.com
  username: flink_reader
  password: emulated-sql-password-${tail(draft)}
  tables: ${JSON.stringify(`${draft.namespace.name}.orders`)}
sink:
  type: hologres
pipeline:
  name: ${JSON.stringify(draft.name)}
`
}

const tail = (draft: Draft) => draft.id.slice(-12)
