import { createFileSink } from './file-sink.ts'
import { createHttpSink } from './http-sink.ts'
import type { Sink, SinkTarget } from './sink.ts'

/** The sink that was configured. Nothing is sent yet. */
export function openSink(target: SinkTarget): Sink {
  return target.kind === 'file' ? createFileSink(target.path) : createHttpSink(target)
}
