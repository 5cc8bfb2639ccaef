import { type Command, type CommandUnknownOpts, Option } from '@commander-js/extra-typings'

const more = (text: string, before: readonly string[] = []): readonly string[] => [...before, text]

/** Gives a command the options of a server. */
export function serveOptions(base: Command): CommandUnknownOpts {
  return base
    .allowUnknownOption()
    .allowExcessArguments()
    .addOption(
      new Option(
        '--config <file>',
        'a JSON file of settings with the names of these options, such as maxRows for --max-rows',
      ).env('SOM_CONFIG'),
    )
    .option('--model <map>', 'a map file from som train (SOM_MODEL)')
    .option('--data <folder>', 'folder for named maps with their versions, keys and jobs (SOM_DATA)')
    .option('--registry <url>', 'a registry that instances share: postgres://… beside --store (SOM_REGISTRY)')
    .option('--store <url>', 'its model files: s3://bucket/prefix?endpoint=… (SOM_STORE)')
    .option('--host <address>', 'where to listen; beyond the loopback keys are needed (SOM_HOST, default: 127.0.0.1)')
    .option('--port <n>', 'the port; 0 takes a free one (SOM_PORT, default: 8080)')
    .option('--max-body <bytes>', 'bytes of a request (SOM_MAX_BODY, default: 16 MiB)')
    .option('--max-upload <bytes>', 'bytes of a model or a table (SOM_MAX_UPLOAD, default: 1 GiB)')
    .option('--body-seconds <n>', 'seconds in which a request must have come (SOM_BODY_SECONDS, default: 30)')
    .option('--rate <n>', 'requests a second of each caller; 0: any number (SOM_RATE, default: 0)')
    .option('--max-rows <n>', 'rows of a request or a table (SOM_MAX_ROWS, default: 100000)')
    .option('--max-features <n>', 'features of a map to train (SOM_MAX_FEATURES, default: 10000)')
    .option('--max-units <n>', 'units of a map to train (SOM_MAX_UNITS, default: 250000)')
    .option('--max-epochs <n>', 'epochs of a training job (SOM_MAX_EPOCHS, default: 10000)')
    .option('--max-jobs <n>', 'jobs of each caller that wait or run (SOM_MAX_JOBS, default: 10)')
    .option('--jobs <n>', 'training jobs that run at once; 0: none (SOM_JOBS, default: 1)')
    .option('--queue <n>', 'training jobs that may wait (SOM_QUEUE, default: 100)')
    .option('--checkpoint-every <n>', 'epochs after which a job is kept (SOM_CHECKPOINT_EVERY, default: 5)')
    .option('--job-threads <n>', 'threads of a training job (SOM_JOB_THREADS, default: all cores but one)')
    .option('--allow-root <folder>', 'jobs may name files in it; once for each (SOM_ALLOW_ROOT)', more)
    .option('--allow-url <prefix>', 'jobs may name addresses under it; once for each (SOM_ALLOW_URL)', more)
    .option('--allow-private-urls', 'addresses of this machine and its network as well')
    .option(
      '--track <where>',
      'record training jobs: jsonl:FILE, mlflow or mlflow:EXPERIMENT (the server: MLFLOW_TRACKING_URI), or several with commas (SOM_TRACK)',
    )
    .option(
      '--register',
      'with --track mlflow: each map is a version of the registered model of its name (SOM_REGISTER)',
    )
    .option(
      '--traces <url>',
      'send traces to this collector, by OTLP over HTTP (SOM_TRACES, OTEL_EXPORTER_OTLP_ENDPOINT)',
    )
    .option('--open', 'serve everybody, without keys (SOM_API_KEYS)')
    .option('--log', 'a line of JSON for each request')
    .option('--backend <name>', 'auto, native or js: where the arithmetic runs (SOM_BACKEND, default: auto)')
    .option('--threads <n>', 'threads of the native backend (SOM_THREADS, default: all cores)')
}
