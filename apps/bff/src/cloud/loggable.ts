import { NoAnswer, NoCredentials, UnreadableAnswer, type UpstreamError } from '@lockdesk/flink-client'

/** Of a failed call what may stand in a log, field by field: never the cloud's own words, which may quote anything. */
export function loggable(error: UpstreamError): Record<string, unknown> {
  const { name, operation, title, status, errorCode, requestId } = error
  return {
    fault: { name, operation, title, status, errorCode, requestId, ...detailsOf(error) },
  }
}

function detailsOf(error: UpstreamError): Record<string, unknown> {
  if (error instanceof NoAnswer) return { how: error.how, code: error.code }
  if (error instanceof UnreadableAnswer) return { how: error.how, where: error.where }
  if (error instanceof NoCredentials) return { why: error.why }
  return {}
}
