import { expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'

const here = 'http://127.0.0.1:4318'

it('traces are sent where a flag, SOM_TRACES or the environment of OpenTelemetry says so, in this order', () => {
  expect(settingsFor().traces).toBeUndefined()
  expect(settingsFor({ traces: here }, { SOM_TRACES: 'http://other.example.org' }).traces).toBe(here)
  expect(settingsFor({}, { SOM_TRACES: here, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://other.example.org' }).traces).toBe(
    here,
  )
  expect(settingsFor({}, { OTEL_EXPORTER_OTLP_ENDPOINT: here }).traces).toBe('')
  expect(settingsFor({}, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: here }).traces).toBe('')
})

it('the environment of OpenTelemetry says as well that none are sent', () => {
  expect(settingsFor({}, { OTEL_EXPORTER_OTLP_ENDPOINT: here, OTEL_SDK_DISABLED: 'true' }).traces).toBeUndefined()
  expect(settingsFor({}, { OTEL_EXPORTER_OTLP_ENDPOINT: here, OTEL_TRACES_EXPORTER: 'none' }).traces).toBeUndefined()
})

it.each(['', 'collector:4318', 'http://me:unsaid@127.0.0.1:4318', 'http://127.0.0.1:4318/?token=unsaid'])(
  'the address %j is refused, and not told again',
  (traces) => {
    expect(() => settingsFor({ traces })).toThrow('--traces')
    expect(() => settingsFor({ traces })).not.toThrow('unsaid')
  },
)
