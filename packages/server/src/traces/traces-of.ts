import type { Issue } from '@som/core'
import Result from 'true-myth/result'

/**
 * Where traces are sent: `text`, or empty if OpenTelemetry's own environment variables decide; undefined for no traces.
 */
export function tracesOf(
  text: string | undefined,
  environment: NodeJS.ProcessEnv,
): Result<string | undefined, readonly Issue[]> {
  if (text === undefined) return Result.ok(isAsked(environment) ? '' : undefined)
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol) && url.username + url.password + url.search + url.hash === '')
    return Result.ok(text)
  const message =
    'expected the address of a collector, for example http://127.0.0.1:4318, without user and password: set those in OTEL_EXPORTER_OTLP_HEADERS'
  return Result.err([{ path: '--traces', message }])
}

function isAsked(environment: NodeJS.ProcessEnv): boolean {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own } = environment
  const isOff =
    /^true$/i.test(environment.OTEL_SDK_DISABLED ?? '') || /^none$/i.test(environment.OTEL_TRACES_EXPORTER ?? '')
  return !isOff && Boolean(all || own)
}
