// Made by test/generate.ts of the server's OpenAPI document: change that, and run it again.
export interface paths {
    readonly "/docs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A page to try the interface */
        readonly get: operations["getDocs"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/live": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the server lives */
        readonly get: operations["getHealthLive"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the server lives */
        readonly get: operations["getHealthReady"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/invocations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Match rows with the map
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postInvocations"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/openapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This description */
        readonly get: operations["getOpenapiJson"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/ping": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the server lives */
        readonly get: operations["getPing"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/collect": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Takes away model files that no version has, and tables of a day ago that no job waits for
         * @description Asks for a key that allows admin.
         */
        readonly post: operations["postV1Collect"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/jobs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The last 100 jobs, newest first
         * @description Asks for a key that allows train.
         */
        readonly get: operations["getV1Jobs"];
        readonly put?: never;
        /**
         * Trains a map; the result becomes its next version
         * @description Asks for a key that allows train.
         */
        readonly post: operations["postV1Jobs"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/jobs/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A job
         * @description Asks for a key that allows train.
         */
        readonly get: operations["getV1JobsById"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Cancels a job that has not ended
         * @description Asks for a key that allows train.
         */
        readonly delete: operations["deleteV1JobsById"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/jobs/{id}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What happens to a job, as server-sent events; Last-Event-ID goes on from there
         * @description Asks for a key that allows train.
         */
        readonly get: operations["getV1JobsByIdEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/map": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the map is, less its numbers
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1Map"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The maps, by name
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1Maps"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/alias/{alias}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A version, with its lineage
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameAliasByAlias"];
        /**
         * Points an alias at a version
         * @description Asks for a key that allows admin.
         */
        readonly put: operations["putV1MapsByNameAliasByAlias"];
        readonly post?: never;
        /**
         * Takes an alias away
         * @description Asks for a key that allows admin.
         */
        readonly delete: operations["deleteV1MapsByNameAliasByAlias"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/alias/{alias}/invocations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Match rows with the map
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1MapsByNameAliasByAliasInvocations"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/alias/{alias}/map": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the map is, less its numbers
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameAliasByAliasMap"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/alias/{alias}/match": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Match rows with the map
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1MapsByNameAliasByAliasMatch"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/alias/{alias}/model": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The model file of a version
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameAliasByAliasModel"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/alias/{alias}/plots/{plot}.png": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A picture of the map as PNG
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameAliasByAliasPlotsByPlotPng"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/alias/{alias}/plots/{plot}.svg": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A picture of the map
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameAliasByAliasPlotsByPlotSvg"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/alias/{alias}/report.html": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A page about the map and these rows: how good it is, to explore, offline
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1MapsByNameAliasByAliasReportHtml"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/alias/{alias}/segment": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Tell the segment of each row: the name of its cluster, and a p-value
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1MapsByNameAliasByAliasSegment"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The versions of a map, newest first
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameVersions"];
        readonly put?: never;
        /**
         * Puts a model file in as the next version
         * @description Asks for a key that allows train.
         */
        readonly post: operations["postV1MapsByNameVersions"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions/{version}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A version, with its lineage
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameVersionsByVersion"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Takes a version away for good
         * @description Asks for a key that allows admin.
         */
        readonly delete: operations["deleteV1MapsByNameVersionsByVersion"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions/{version}/invocations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Match rows with the map
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1MapsByNameVersionsByVersionInvocations"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions/{version}/map": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the map is, less its numbers
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameVersionsByVersionMap"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions/{version}/match": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Match rows with the map
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1MapsByNameVersionsByVersionMatch"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions/{version}/model": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The model file of a version
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameVersionsByVersionModel"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions/{version}/plots/{plot}.png": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A picture of the map as PNG
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameVersionsByVersionPlotsByPlotPng"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions/{version}/plots/{plot}.svg": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A picture of the map
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1MapsByNameVersionsByVersionPlotsByPlotSvg"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions/{version}/report.html": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A page about the map and these rows: how good it is, to explore, offline
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1MapsByNameVersionsByVersionReportHtml"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions/{version}/segment": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Tell the segment of each row: the name of its cluster, and a p-value
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1MapsByNameVersionsByVersionSegment"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/maps/{name}/versions/{version}/tags": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Puts other tags beside a version
         * @description Asks for a key that allows train.
         */
        readonly put: operations["putV1MapsByNameVersionsByVersionTags"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/match": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Match rows with the map
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1Match"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/plots/{plot}.png": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A picture of the map as PNG
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1PlotsByPlotPng"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/plots/{plot}.svg": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A picture of the map
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV1PlotsByPlotSvg"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/report.html": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A page about the map and these rows: how good it is, to explore, offline
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1ReportHtml"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/segment": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Tell the segment of each row: the name of its cluster, and a p-value
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV1Segment"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/tables": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Uploads a table to train on
         * @description Asks for a key that allows train.
         */
        readonly post: operations["postV1Tables"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The server
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV2"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/health/live": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the server lives */
        readonly get: operations["getV2HealthLive"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/health/ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the server lives */
        readonly get: operations["getV2HealthReady"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/models/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the model takes and gives
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV2ModelsByName"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/models/{name}/infer": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Match a tensor of rows with the map
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV2ModelsByNameInfer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/models/{name}/ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Whether the model is ready
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV2ModelsByNameReady"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/models/{name}/versions/{version}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the model takes and gives
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV2ModelsByNameVersionsByVersion"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/models/{name}/versions/{version}/infer": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Match a tensor of rows with the map
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV2ModelsByNameVersionsByVersionInfer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/models/{name}/versions/{version}/ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Whether the model is ready
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV2ModelsByNameVersionsByVersionReady"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/models/som": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the model takes and gives
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV2ModelsSom"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/models/som/infer": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Match a tensor of rows with the map
         * @description Asks for a key that allows score.
         */
        readonly post: operations["postV2ModelsSomInfer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v2/models/som/ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Whether the model is ready
         * @description Asks for a key that allows read.
         */
        readonly get: operations["getV2ModelsSomReady"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/version": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The version of som */
        readonly get: operations["getVersion"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly Problem: {
            readonly detail?: string;
            readonly issues?: readonly {
                readonly message: string;
                readonly path: string;
            }[];
            readonly status: number;
            readonly title: string;
            /** @constant */
            readonly type: "about:blank";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly getDocs: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getHealthLive: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It lives */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ok";
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getHealthReady: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It lives */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ok";
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postInvocations: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "application/vnd.apache.arrow.stream": unknown;
                readonly "application/x-ndjson": unknown;
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description What the map says of each row; a stream for a stream */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly predictions: readonly {
                            readonly cluster?: number;
                            readonly cluster_name?: string;
                            readonly column: number;
                            readonly distance: number | null;
                            readonly p_value?: number | null;
                            readonly row: number;
                            readonly second_unit: number;
                            readonly unit: number;
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getMetrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The text format of Prometheus */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getOpenapiJson: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description OpenAPI 3.1 */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly openapi: string;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getPing: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It lives */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ok";
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1Collect: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What went */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly bytes: number;
                        readonly files: number;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1Jobs: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The jobs */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly jobs: readonly {
                            readonly created: string;
                            readonly ended: string | null;
                            readonly epoch: number;
                            readonly epochs: number | null;
                            readonly id: string;
                            readonly issues: readonly {
                                readonly message: string;
                                readonly path: string;
                            }[];
                            /** @enum {string} */
                            readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
                            readonly version: number | null;
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1Jobs: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly alias?: string;
                    readonly backend?: string;
                    readonly checkpointEvery?: number;
                    readonly choice?: {
                        readonly categories?: readonly string[];
                        readonly columns?: readonly string[];
                        readonly exclude?: readonly string[];
                        readonly id?: string;
                        readonly label?: string;
                        readonly times?: {
                            readonly [key: string]: readonly ("number" | "day" | "week" | "year")[];
                        };
                        readonly weight?: string;
                    };
                    readonly from?: {
                        readonly name: string;
                        readonly version: number;
                    } | {
                        readonly alias: string;
                        readonly name: string;
                    };
                    readonly map: string;
                    readonly options?: {
                        readonly batchSize?: number;
                        readonly cofactor?: number;
                        /** @enum {string} */
                        readonly decayPer?: "step" | "epoch";
                        readonly epochs?: number;
                        readonly featureWeights?: {
                            readonly [key: string]: number;
                        };
                        /** @enum {string} */
                        readonly initial?: "linear" | "random" | "sampled" | "k-means++";
                        /** @enum {string} */
                        readonly kernel?: "gaussian" | "cut-gaussian" | "bubble" | "triangle" | "epanechnikov" | "mexican-hat";
                        readonly lattice?: {
                            /** @enum {string} */
                            readonly cell?: "rectangular" | "hexagonal";
                            readonly columns?: number;
                            readonly rows?: number;
                            /** @enum {string} */
                            readonly shape?: "sheet" | "cylinder" | "toroid";
                        };
                        readonly learningRate?: {
                            /** @enum {string} */
                            readonly decay?: "exponential" | "linear" | "inverse" | "asymptotic";
                            readonly end?: number;
                            readonly start?: number;
                        };
                        /** @enum {string} */
                        readonly metric?: "euclidean" | "manhattan" | "chebyshev" | "cosine";
                        /** @enum {string} */
                        readonly order?: "shuffled" | "sequential";
                        readonly phases?: readonly {
                            readonly epochs?: number;
                            readonly learningRate?: {
                                /** @enum {string} */
                                readonly decay?: "exponential" | "linear" | "inverse" | "asymptotic";
                                readonly end?: number;
                                readonly start?: number;
                            };
                            readonly radius?: {
                                /** @enum {string} */
                                readonly decay?: "exponential" | "linear" | "inverse" | "asymptotic";
                                readonly end?: number;
                                readonly start?: number;
                            };
                        }[];
                        readonly preprocessing?: ("z-score" | "min-max" | "robust" | "log" | "arcsinh" | "none") | {
                            readonly [key: string]: "z-score" | "min-max" | "robust" | "log" | "arcsinh" | "none";
                        };
                        readonly radius?: {
                            /** @enum {string} */
                            readonly decay?: "exponential" | "linear" | "inverse" | "asymptotic";
                            readonly end?: number;
                            readonly start?: number;
                        };
                        /** @enum {string} */
                        readonly rule?: "batch" | "online" | "mini-batch";
                        readonly seed?: number;
                        readonly stop?: {
                            readonly patience?: number;
                            readonly tolerance?: number;
                        };
                    };
                    readonly table: {
                        readonly upload: string;
                    } | {
                        readonly path: string;
                    } | {
                        readonly url: string;
                    };
                    readonly tags?: {
                        readonly [key: string]: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The job, which waits */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly created: string;
                        readonly ended: string | null;
                        readonly epoch: number;
                        readonly epochs: number | null;
                        readonly id: string;
                        readonly issues: readonly {
                            readonly message: string;
                            readonly path: string;
                        }[];
                        /** @enum {string} */
                        readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
                        readonly version: number | null;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1JobsById: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The job */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly created: string;
                        readonly ended: string | null;
                        readonly epoch: number;
                        readonly epochs: number | null;
                        readonly id: string;
                        readonly issues: readonly {
                            readonly message: string;
                            readonly path: string;
                        }[];
                        /** @enum {string} */
                        readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
                        readonly version: number | null;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteV1JobsById: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The job, which ends soon */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly created: string;
                        readonly ended: string | null;
                        readonly epoch: number;
                        readonly epochs: number | null;
                        readonly id: string;
                        readonly issues: readonly {
                            readonly message: string;
                            readonly path: string;
                        }[];
                        /** @enum {string} */
                        readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
                        readonly version: number | null;
                    };
                };
            };
            /** @description It has ended */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1JobsByIdEvents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The events */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1Map: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Lattice, features, errors */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly metric: string;
                        readonly trainedRows: number;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1Maps: {
        readonly parameters: {
            readonly query?: {
                readonly after?: string;
                readonly limit?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of maps */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly maps: readonly {
                            readonly aliases: {
                                readonly [key: string]: number;
                            };
                            readonly latest: number;
                            readonly name: string;
                            readonly versions: number;
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameAliasByAlias: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aliases: readonly string[];
                        readonly bytes: number;
                        readonly created: string;
                        readonly digest: string;
                        readonly metrics: {
                            readonly [key: string]: number;
                        };
                        readonly name: string;
                        readonly tags: {
                            readonly [key: string]: string;
                        };
                        readonly version: number;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putV1MapsByNameAliasByAlias: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly version: number;
                };
            };
        };
        readonly responses: {
            /** @description The version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aliases: readonly string[];
                        readonly bytes: number;
                        readonly created: string;
                        readonly digest: string;
                        readonly metrics: {
                            readonly [key: string]: number;
                        };
                        readonly name: string;
                        readonly tags: {
                            readonly [key: string]: string;
                        };
                        readonly version: number;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteV1MapsByNameAliasByAlias: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Done */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such thing */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1MapsByNameAliasByAliasInvocations: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "application/vnd.apache.arrow.stream": unknown;
                readonly "application/x-ndjson": unknown;
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description What the map says of each row; a stream for a stream */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly predictions: readonly {
                            readonly cluster?: number;
                            readonly cluster_name?: string;
                            readonly column: number;
                            readonly distance: number | null;
                            readonly p_value?: number | null;
                            readonly row: number;
                            readonly second_unit: number;
                            readonly unit: number;
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameAliasByAliasMap: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Lattice, features, errors */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly metric: string;
                        readonly trainedRows: number;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1MapsByNameAliasByAliasMatch: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "application/vnd.apache.arrow.stream": unknown;
                readonly "application/x-ndjson": unknown;
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description What the map says of each row; a stream for a stream */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly predictions: readonly {
                            readonly cluster?: number;
                            readonly cluster_name?: string;
                            readonly column: number;
                            readonly distance: number | null;
                            readonly p_value?: number | null;
                            readonly row: number;
                            readonly second_unit: number;
                            readonly unit: number;
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameAliasByAliasModel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file, its SHA-256 in ETag and Content-Digest */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": unknown;
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameAliasByAliasPlotsByPlotPng: {
        readonly parameters: {
            readonly query?: {
                readonly feature?: string;
                readonly width?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
                readonly plot: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The picture */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/png": unknown;
                };
            };
            /** @description The map has no such picture */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameAliasByAliasPlotsByPlotSvg: {
        readonly parameters: {
            readonly query?: {
                readonly feature?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
                readonly plot: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The picture */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/svg+xml": string;
                };
            };
            /** @description The map has no such picture */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1MapsByNameAliasByAliasReportHtml: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description The page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1MapsByNameAliasByAliasSegment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description The segment of each row */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly segments: readonly {
                            readonly cluster: number | null;
                            readonly p_value: number | null;
                            readonly segment: string | null;
                        }[];
                    };
                };
            };
            /** @description The map has no clusters */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameVersions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The versions */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly versions: readonly {
                            readonly aliases: readonly string[];
                            readonly bytes: number;
                            readonly created: string;
                            readonly digest: string;
                            readonly metrics: {
                                readonly [key: string]: number;
                            };
                            readonly name: string;
                            readonly tags: {
                                readonly [key: string]: string;
                            };
                            readonly version: number;
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1MapsByNameVersions: {
        readonly parameters: {
            readonly query?: {
                readonly alias?: string;
                readonly metrics?: string;
                readonly sha256?: string;
                readonly tags?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/octet-stream": unknown;
            };
        };
        readonly responses: {
            /** @description The version that it became */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aliases: readonly string[];
                        readonly bytes: number;
                        readonly created: string;
                        readonly digest: string;
                        readonly metrics: {
                            readonly [key: string]: number;
                        };
                        readonly name: string;
                        readonly tags: {
                            readonly [key: string]: string;
                        };
                        readonly version: number;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameVersionsByVersion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aliases: readonly string[];
                        readonly bytes: number;
                        readonly created: string;
                        readonly digest: string;
                        readonly metrics: {
                            readonly [key: string]: number;
                        };
                        readonly name: string;
                        readonly tags: {
                            readonly [key: string]: string;
                        };
                        readonly version: number;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteV1MapsByNameVersionsByVersion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Done */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such thing */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1MapsByNameVersionsByVersionInvocations: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "application/vnd.apache.arrow.stream": unknown;
                readonly "application/x-ndjson": unknown;
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description What the map says of each row; a stream for a stream */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly predictions: readonly {
                            readonly cluster?: number;
                            readonly cluster_name?: string;
                            readonly column: number;
                            readonly distance: number | null;
                            readonly p_value?: number | null;
                            readonly row: number;
                            readonly second_unit: number;
                            readonly unit: number;
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameVersionsByVersionMap: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Lattice, features, errors */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly metric: string;
                        readonly trainedRows: number;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1MapsByNameVersionsByVersionMatch: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "application/vnd.apache.arrow.stream": unknown;
                readonly "application/x-ndjson": unknown;
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description What the map says of each row; a stream for a stream */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly predictions: readonly {
                            readonly cluster?: number;
                            readonly cluster_name?: string;
                            readonly column: number;
                            readonly distance: number | null;
                            readonly p_value?: number | null;
                            readonly row: number;
                            readonly second_unit: number;
                            readonly unit: number;
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameVersionsByVersionModel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file, its SHA-256 in ETag and Content-Digest */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": unknown;
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameVersionsByVersionPlotsByPlotPng: {
        readonly parameters: {
            readonly query?: {
                readonly feature?: string;
                readonly width?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly plot: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The picture */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/png": unknown;
                };
            };
            /** @description The map has no such picture */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1MapsByNameVersionsByVersionPlotsByPlotSvg: {
        readonly parameters: {
            readonly query?: {
                readonly feature?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly plot: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The picture */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/svg+xml": string;
                };
            };
            /** @description The map has no such picture */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1MapsByNameVersionsByVersionReportHtml: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description The page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1MapsByNameVersionsByVersionSegment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description The segment of each row */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly segments: readonly {
                            readonly cluster: number | null;
                            readonly p_value: number | null;
                            readonly segment: string | null;
                        }[];
                    };
                };
            };
            /** @description The map has no clusters */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putV1MapsByNameVersionsByVersionTags: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly [key: string]: string;
                };
            };
        };
        readonly responses: {
            /** @description The version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aliases: readonly string[];
                        readonly bytes: number;
                        readonly created: string;
                        readonly digest: string;
                        readonly metrics: {
                            readonly [key: string]: number;
                        };
                        readonly name: string;
                        readonly tags: {
                            readonly [key: string]: string;
                        };
                        readonly version: number;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1Match: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "application/vnd.apache.arrow.stream": unknown;
                readonly "application/x-ndjson": unknown;
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description What the map says of each row; a stream for a stream */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly predictions: readonly {
                            readonly cluster?: number;
                            readonly cluster_name?: string;
                            readonly column: number;
                            readonly distance: number | null;
                            readonly p_value?: number | null;
                            readonly row: number;
                            readonly second_unit: number;
                            readonly unit: number;
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1PlotsByPlotPng: {
        readonly parameters: {
            readonly query?: {
                readonly feature?: string;
                readonly width?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly plot: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The picture */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/png": unknown;
                };
            };
            /** @description The map has no such picture */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV1PlotsByPlotSvg: {
        readonly parameters: {
            readonly query?: {
                readonly feature?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly plot: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The picture */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/svg+xml": string;
                };
            };
            /** @description The map has no such picture */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1ReportHtml: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description The page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1Segment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly dataframe_split: {
                        readonly columns: readonly string[];
                        readonly data: readonly (readonly (number | string | boolean | null)[])[];
                    };
                } | {
                    readonly dataframe_records: readonly {
                        readonly [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    readonly instances: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    readonly inputs: readonly (readonly (number | string | boolean | null)[] | {
                        readonly [key: string]: number | string | boolean | null;
                    })[] | {
                        readonly [key: string]: readonly (number | string | boolean | null)[];
                    };
                };
                readonly "text/csv": string;
            };
        };
        readonly responses: {
            /** @description The segment of each row */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly segments: readonly {
                            readonly cluster: number | null;
                            readonly p_value: number | null;
                            readonly segment: string | null;
                        }[];
                    };
                };
            };
            /** @description The map has no clusters */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV1Tables: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/vnd.apache.arrow.file": unknown;
                readonly "application/vnd.apache.arrow.stream": unknown;
                readonly "application/vnd.apache.parquet": unknown;
                readonly "application/x-ndjson": unknown;
                readonly "text/csv": unknown;
                readonly "text/tab-separated-values": unknown;
            };
        };
        readonly responses: {
            /** @description Its digest, which a job names */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly bytes: number;
                        readonly upload: string;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV2: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Its name and version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly name: string;
                        readonly version: string;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV2HealthLive: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It lives */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ok";
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV2HealthReady: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It lives */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ok";
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV2ModelsByName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Its tensors */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly inputs: readonly {
                            readonly datatype: string;
                            readonly name: string;
                            readonly shape: readonly number[];
                        }[];
                        readonly name: string;
                        readonly outputs: readonly {
                            readonly datatype: string;
                            readonly name: string;
                            readonly shape: readonly number[];
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV2ModelsByNameInfer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly id?: string;
                    readonly inputs: readonly {
                        readonly data: readonly ((number | null) | readonly (number | null)[])[];
                        readonly datatype?: string;
                        readonly name?: string;
                        readonly shape: readonly number[];
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description A tensor for each thing that the map says */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly model_name: string;
                        readonly outputs: readonly {
                            readonly datatype: string;
                            readonly name: string;
                            readonly shape: readonly number[];
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV2ModelsByNameReady: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly name: string;
                        readonly ready: boolean;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV2ModelsByNameVersionsByVersion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Its tensors */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly inputs: readonly {
                            readonly datatype: string;
                            readonly name: string;
                            readonly shape: readonly number[];
                        }[];
                        readonly name: string;
                        readonly outputs: readonly {
                            readonly datatype: string;
                            readonly name: string;
                            readonly shape: readonly number[];
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV2ModelsByNameVersionsByVersionInfer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly id?: string;
                    readonly inputs: readonly {
                        readonly data: readonly ((number | null) | readonly (number | null)[])[];
                        readonly datatype?: string;
                        readonly name?: string;
                        readonly shape: readonly number[];
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description A tensor for each thing that the map says */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly model_name: string;
                        readonly outputs: readonly {
                            readonly datatype: string;
                            readonly name: string;
                            readonly shape: readonly number[];
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV2ModelsByNameVersionsByVersionReady: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly name: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly name: string;
                        readonly ready: boolean;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV2ModelsSom: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Its tensors */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly inputs: readonly {
                            readonly datatype: string;
                            readonly name: string;
                            readonly shape: readonly number[];
                        }[];
                        readonly name: string;
                        readonly outputs: readonly {
                            readonly datatype: string;
                            readonly name: string;
                            readonly shape: readonly number[];
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly postV2ModelsSomInfer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly id?: string;
                    readonly inputs: readonly {
                        readonly data: readonly ((number | null) | readonly (number | null)[])[];
                        readonly datatype?: string;
                        readonly name?: string;
                        readonly shape: readonly number[];
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description A tensor for each thing that the map says */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly model_name: string;
                        readonly outputs: readonly {
                            readonly datatype: string;
                            readonly name: string;
                            readonly shape: readonly number[];
                        }[];
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getV2ModelsSomReady: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly name: string;
                        readonly ready: boolean;
                    };
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getVersion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            /** @description What cannot be served, and why */
            readonly default: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
