/** What the server does, in groups in the order in which readers look for it, each with what it is for. */
export const GROUPS = {
  'Match rows':
    'Rows go in, and what the map says about each comes out: as JSON in the forms of MLflow, CSV, NDJSON or Arrow.',
  'Open Inference Protocol': 'The same as tensors, version 2 of the protocol, for clients of KServe and Triton.',
  'Look at a map': 'What a map is, its pictures, and a page about rows on it.',
  'Keep maps': 'Named maps with their versions, aliases, tags and files.',
  'Train maps':
    'A table is uploaded, and a job trains on it. The example of a job trains on the table that the example of `/v1/tables` uploads, so send that first.',
  Server: 'Health, metrics, and this description.',
} as const

export type Group = keyof typeof GROUPS
