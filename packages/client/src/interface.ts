// Made by test/generate.ts of the server's OpenAPI document: change that, and run it again.
export interface paths {
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page to try the interface */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the server is alive */
        get: operations["getHealthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the server is alive */
        get: operations["getHealthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match rows with the map
         * @description Needs a key that allows score.
         */
        post: operations["postInvocations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description Needs a key that allows read.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get this OpenAPI description */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the server is alive */
        get: operations["getPing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/collect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove model files that no version uses, and tables older than a day that no job needs
         * @description Needs a key that allows admin.
         */
        post: operations["postV1Collect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/embed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place rows in the plane of a map that has one
         * @description Needs a key that allows score.
         */
        post: operations["postV1Embed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/impute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fill in the missing values of rows
         * @description Needs a key that allows score.
         */
        post: operations["postV1Impute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the last 100 jobs, newest first
         * @description Needs a key that allows train.
         */
        get: operations["getV1Jobs"];
        put?: never;
        /**
         * Train a map; the result becomes its next version
         * @description Needs a key that allows train.
         */
        post: operations["postV1Jobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A job
         * @description Needs a key that allows train.
         */
        get: operations["getV1JobsById"];
        put?: never;
        post?: never;
        /**
         * Cancel an unfinished job
         * @description Needs a key that allows train.
         */
        delete: operations["deleteV1JobsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a job by server-sent events; Last-Event-ID resumes after that event
         * @description Needs a key that allows train.
         */
        get: operations["getV1JobsByIdEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe the map, without its codebook
         * @description Needs a key that allows read.
         */
        get: operations["getV1Map"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the maps, sorted by name
         * @description Needs a key that allows read.
         */
        get: operations["getV1Maps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a version with its lineage
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameAliasByAlias"];
        /**
         * Point an alias at a version
         * @description Needs a key that allows admin.
         */
        put: operations["putV1MapsByNameAliasByAlias"];
        post?: never;
        /**
         * Remove an alias
         * @description Needs a key that allows admin.
         */
        delete: operations["deleteV1MapsByNameAliasByAlias"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge, split and rename the clusters of a version, as the next version
         * @description Needs a key that allows train.
         */
        post: operations["postV1MapsByNameAliasByAliasClusters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare with another version of the map by these rows: which moved, and which changed neighbours
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameAliasByAliasCompare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/embed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place rows in the plane of a map that has one
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameAliasByAliasEmbed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/impute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fill in the missing values of rows
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameAliasByAliasImpute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/invocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match rows with the map
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameAliasByAliasInvocations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe the map, without its codebook
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameAliasByAliasMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match rows with the map
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameAliasByAliasMatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the model file of a version
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameAliasByAliasModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/plots/{plot}.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Draw the map as PNG
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameAliasByAliasPlotsByPlotPng"];
        put?: never;
        /**
         * Draw these rows on the map as PNG
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameAliasByAliasPlotsByPlotPng"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/plots/{plot}.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Draw the map as SVG
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameAliasByAliasPlotsByPlotSvg"];
        put?: never;
        /**
         * Draw these rows on the map as SVG
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameAliasByAliasPlotsByPlotSvg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/predict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Predict classes and numbers, for a map with targets
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameAliasByAliasPredict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write an offline page to explore the map and these rows, with its quality
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameAliasByAliasReportHtml"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/alias/{alias}/segment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign rows to segments: the name of the cluster of each, and a p-value
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameAliasByAliasSegment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of a map, newest first
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameVersions"];
        put?: never;
        /**
         * Upload a model file as the next version
         * @description Needs a key that allows train.
         */
        post: operations["postV1MapsByNameVersions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a version with its lineage
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameVersionsByVersion"];
        put?: never;
        post?: never;
        /**
         * Delete a version permanently
         * @description Needs a key that allows admin.
         */
        delete: operations["deleteV1MapsByNameVersionsByVersion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge, split and rename the clusters of a version, as the next version
         * @description Needs a key that allows train.
         */
        post: operations["postV1MapsByNameVersionsByVersionClusters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare with another version of the map by these rows: which moved, and which changed neighbours
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameVersionsByVersionCompare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/embed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place rows in the plane of a map that has one
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameVersionsByVersionEmbed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/impute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fill in the missing values of rows
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameVersionsByVersionImpute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/invocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match rows with the map
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameVersionsByVersionInvocations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe the map, without its codebook
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameVersionsByVersionMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match rows with the map
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameVersionsByVersionMatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the model file of a version
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameVersionsByVersionModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/plots/{plot}.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Draw the map as PNG
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameVersionsByVersionPlotsByPlotPng"];
        put?: never;
        /**
         * Draw these rows on the map as PNG
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameVersionsByVersionPlotsByPlotPng"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/plots/{plot}.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Draw the map as SVG
         * @description Needs a key that allows read.
         */
        get: operations["getV1MapsByNameVersionsByVersionPlotsByPlotSvg"];
        put?: never;
        /**
         * Draw these rows on the map as SVG
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameVersionsByVersionPlotsByPlotSvg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/predict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Predict classes and numbers, for a map with targets
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameVersionsByVersionPredict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write an offline page to explore the map and these rows, with its quality
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameVersionsByVersionReportHtml"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/segment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign rows to segments: the name of the cluster of each, and a p-value
         * @description Needs a key that allows score.
         */
        post: operations["postV1MapsByNameVersionsByVersionSegment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/maps/{name}/versions/{version}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace the tags of a version
         * @description Needs a key that allows train.
         */
        put: operations["putV1MapsByNameVersionsByVersionTags"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match rows with the map
         * @description Needs a key that allows score.
         */
        post: operations["postV1Match"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the model file
         * @description Needs a key that allows read.
         */
        get: operations["getV1Model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plots/{plot}.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Draw the map as PNG
         * @description Needs a key that allows read.
         */
        get: operations["getV1PlotsByPlotPng"];
        put?: never;
        /**
         * Draw these rows on the map as PNG
         * @description Needs a key that allows score.
         */
        post: operations["postV1PlotsByPlotPng"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plots/{plot}.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Draw the map as SVG
         * @description Needs a key that allows read.
         */
        get: operations["getV1PlotsByPlotSvg"];
        put?: never;
        /**
         * Draw these rows on the map as SVG
         * @description Needs a key that allows score.
         */
        post: operations["postV1PlotsByPlotSvg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/predict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Predict classes and numbers, for a map with targets
         * @description Needs a key that allows score.
         */
        post: operations["postV1Predict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write an offline page to explore the map and these rows, with its quality
         * @description Needs a key that allows score.
         */
        post: operations["postV1ReportHtml"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/segment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign rows to segments: the name of the cluster of each, and a p-value
         * @description Needs a key that allows score.
         */
        post: operations["postV1Segment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a table to train on
         * @description Needs a key that allows train.
         */
        post: operations["postV1Tables"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the server metadata
         * @description Needs a key that allows read.
         */
        get: operations["getV2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the server is alive */
        get: operations["getV2HealthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the server is alive */
        get: operations["getV2HealthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the model metadata: its inputs and outputs
         * @description Needs a key that allows read.
         */
        get: operations["getV2ModelsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{name}/infer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match a tensor of rows with the map
         * @description Needs a key that allows score.
         */
        post: operations["postV2ModelsByNameInfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{name}/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the model is ready
         * @description Needs a key that allows read.
         */
        get: operations["getV2ModelsByNameReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{name}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the model metadata: its inputs and outputs
         * @description Needs a key that allows read.
         */
        get: operations["getV2ModelsByNameVersionsByVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{name}/versions/{version}/infer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match a tensor of rows with the map
         * @description Needs a key that allows score.
         */
        post: operations["postV2ModelsByNameVersionsByVersionInfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/{name}/versions/{version}/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the model is ready
         * @description Needs a key that allows read.
         */
        get: operations["getV2ModelsByNameVersionsByVersionReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/som": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the model metadata: its inputs and outputs
         * @description Needs a key that allows read.
         */
        get: operations["getV2ModelsSom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/som/infer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match a tensor of rows with the map
         * @description Needs a key that allows score.
         */
        post: operations["postV2ModelsSomInfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models/som/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the model is ready
         * @description Needs a key that allows read.
         */
        get: operations["getV2ModelsSomReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The version of som */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            detail?: string;
            issues?: {
                message: string;
                path: string;
            }[];
            status: number;
            title: string;
            /** @constant */
            type: "about:blank";
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
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The server is alive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The server is alive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvocations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The answer for each row; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        predictions: {
                            cluster?: number | null;
                            cluster_name?: string | null;
                            distance: number | null;
                            p_value?: number | null;
                            second_unit: number | null;
                            unit: number | null;
                            unit_column: number | null;
                            unit_row: number | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text format of Prometheus */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The server is alive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1Collect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was removed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bytes: number;
                        files: number;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1Embed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description For each row its place, to the right and downwards; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        places: {
                            [key: string]: (string | number) | null;
                        }[];
                    };
                };
            };
            /** @description The map has no plane */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1Impute: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description For each row a value for each of the map's columns that it lacks, and null for those that it has; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        imputations: {
                            [key: string]: (string | number) | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1Jobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobs: {
                            created: string;
                            ended: string | null;
                            epoch: number;
                            epochs: number | null;
                            id: string;
                            issues: {
                                message: string;
                                path: string;
                            }[];
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            version: number | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1Jobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description Choices:
         *
         *     - `options.lattice.cell`: `rectangular`, `hexagonal`
         *     - `options.lattice.shape`: `sheet`, `cylinder`, `toroid`
         *     - `options.metric`: `euclidean`, `manhattan`, `chebyshev`, `cosine`, `correlation`, `hamming`, `jaccard`, `tanimoto`
         *     - `options.kernel`: `gaussian`, `cut-gaussian`, `bubble`, `triangle`, `epanechnikov`, `mexican-hat`
         *     - `options.rule`: `batch`, `online`, `mini-batch`
         *     - `options.radius.decay`: `exponential`, `linear`, `inverse`, `asymptotic`
         *     - `options.learningRate.decay`: `exponential`, `linear`, `inverse`, `asymptotic`
         *     - `options.order`: `shuffled`, `sequential`
         *     - `options.decayPer`: `step`, `epoch`
         *     - `options.initial`: `linear`, `random`, `sampled`, `k-means++`
         *     - `options.preprocessing`: `z-score`, `min-max`, `robust`, `log`, `arcsinh`, `none`
         *     - `options.preprocessing.*`: `z-score`, `min-max`, `robust`, `log`, `arcsinh`, `none`
         */
        requestBody: {
            content: {
                "application/json": {
                    alias?: string;
                    backend?: string;
                    checkpointEvery?: number;
                    choice?: {
                        categories?: unknown;
                        columns?: unknown;
                        exclude?: unknown;
                        id?: string;
                        label?: string;
                        times?: {
                            [key: string]: unknown;
                        };
                        weight?: string;
                    };
                    from?: {
                        name: string;
                        version: number;
                    } | {
                        alias: string;
                        name: string;
                    };
                    map: string;
                    options?: {
                        /** @description rows of a mini-batch (default: 256) */
                        batchSize?: number;
                        /** @description what arcsinh divides by (default: 5) */
                        cofactor?: number;
                        /**
                         * @description how often radius and learning rate of the online rule change (default: step)
                         * @enum {string}
                         */
                        decayPer?: "step" | "epoch";
                        /** @description passes over the rows (default: 20) */
                        epochs?: number;
                        /** @description how much a feature counts in distances, by name; 0 shows it without counting it (default: 1) */
                        featureWeights?: {
                            [key: string]: number;
                        };
                        /**
                         * @description first prototypes (default: linear)
                         * @enum {string}
                         */
                        initial?: "linear" | "random" | "sampled" | "k-means++";
                        /**
                         * @description neighbourhood kernel (default: gaussian)
                         * @enum {string}
                         */
                        kernel?: "gaussian" | "cut-gaussian" | "bubble" | "triangle" | "epanechnikov" | "mexican-hat";
                        lattice?: {
                            /**
                             * @description cells of the lattice (default: rectangular)
                             * @enum {string}
                             */
                            cell?: "rectangular" | "hexagonal";
                            /** @description columns of units (default: the data decide) */
                            columns?: number;
                            /** @description rows of units (default: the data decide) */
                            rows?: number;
                            /**
                             * @description how the edges of the lattice join (default: sheet)
                             * @enum {string}
                             */
                            shape?: "sheet" | "cylinder" | "toroid";
                            /** @description about how many units; the data decide the sides (default: 10 √rows, at most one for every two rows) */
                            units?: number;
                        };
                        layers?: unknown;
                        learningRate?: {
                            /**
                             * @description how the learning rate falls (default: exponential)
                             * @enum {string}
                             */
                            decay?: "exponential" | "linear" | "inverse" | "asymptotic";
                            /** @description learning rate of the online and mini-batch rules at the end (default: 0.01) */
                            end?: number;
                            /** @description learning rate of the online and mini-batch rules at the start (default: 0.5) */
                            start?: number;
                        };
                        /**
                         * @description distance between a row and a prototype (default: euclidean)
                         * @enum {string}
                         */
                        metric?: "euclidean" | "manhattan" | "chebyshev" | "cosine" | "correlation" | "hamming" | "jaccard" | "tanimoto";
                        /**
                         * @description how the online and mini-batch rules present rows (default: shuffled)
                         * @enum {string}
                         */
                        order?: "shuffled" | "sequential";
                        phases?: unknown;
                        /** @description how values are scaled: one method for all features, or one for some by name (default: z-score) */
                        preprocessing?: ("z-score" | "min-max" | "robust" | "log" | "arcsinh" | "none") | {
                            [key: string]: "z-score" | "min-max" | "robust" | "log" | "arcsinh" | "none";
                        };
                        radius?: {
                            /**
                             * @description how the radius falls (default: exponential)
                             * @enum {string}
                             */
                            decay?: "exponential" | "linear" | "inverse" | "asymptotic";
                            /** @description neighbourhood radius at the end, in units (default: 0.8 (0.7 for fewer than 200 rows)) */
                            end?: number;
                            /** @description neighbourhood radius at the start, in units (default: a quarter of the longer side (at least 1)) */
                            start?: number;
                        };
                        /**
                         * @description training rule (default: batch)
                         * @enum {string}
                         */
                        rule?: "batch" | "online" | "mini-batch";
                        /** @description seed of all random numbers (default: 0) */
                        seed?: number;
                        stop?: {
                            /** @description stop when the map moves less than the tolerance for this many epochs (default: off; 3 with a tolerance) */
                            patience?: number;
                            /** @description movement of the prototypes, relative to the spread of the data (default: off; 0.0001 with a patience) */
                            tolerance?: number;
                        };
                    };
                    table: {
                        upload: string;
                    } | {
                        path: string;
                    } | {
                        url: string;
                    };
                    tags?: {
                        [key: string]: string;
                    };
                    targets?: unknown;
                };
            };
        };
        responses: {
            /** @description The waiting job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created: string;
                        ended: string | null;
                        epoch: number;
                        epochs: number | null;
                        id: string;
                        issues: {
                            message: string;
                            path: string;
                        }[];
                        /** @enum {string} */
                        state: "queued" | "running" | "done" | "failed" | "cancelled";
                        version: number | null;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1JobsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created: string;
                        ended: string | null;
                        epoch: number;
                        epochs: number | null;
                        id: string;
                        issues: {
                            message: string;
                            path: string;
                        }[];
                        /** @enum {string} */
                        state: "queued" | "running" | "done" | "failed" | "cancelled";
                        version: number | null;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteV1JobsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job, which will end soon */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created: string;
                        ended: string | null;
                        epoch: number;
                        epochs: number | null;
                        id: string;
                        issues: {
                            message: string;
                            path: string;
                        }[];
                        /** @enum {string} */
                        state: "queued" | "running" | "done" | "failed" | "cancelled";
                        version: number | null;
                    };
                };
            };
            /** @description The job has already ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1JobsByIdEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1Map: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lattice, features, errors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metric: string;
                        trainedRows: number;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1Maps: {
        parameters: {
            query?: {
                after?: string;
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of maps */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        maps: {
                            aliases: {
                                [key: string]: number;
                            };
                            latest: number;
                            name: string;
                            versions: number;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameAliasByAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aliases: string[];
                        bytes: number;
                        created: string;
                        digest: string;
                        metrics: {
                            [key: string]: number;
                        };
                        name: string;
                        tags: {
                            [key: string]: string;
                        };
                        version: number;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putV1MapsByNameAliasByAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                };
            };
        };
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aliases: string[];
                        bytes: number;
                        created: string;
                        digest: string;
                        metrics: {
                            [key: string]: number;
                        };
                        name: string;
                        tags: {
                            [key: string]: string;
                        };
                        version: number;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteV1MapsByNameAliasByAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasClusters: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    merge?: unknown;
                    rename?: unknown;
                    split?: unknown;
                };
            };
        };
        responses: {
            /** @description The new version, and its clusters */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        clusters: {
                            name: string;
                            number: number;
                            units: number;
                        }[];
                        name: string;
                        version: number;
                    };
                };
            };
            /** @description The map has no clusters */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasCompare: {
        parameters: {
            query?: {
                other?: string;
            };
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description How the maps were aligned, the mean share of neighbours kept, and each row on both */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alignment: string;
                        mean_kept: number | null;
                        rows: {
                            kept: number | null;
                            moved: number | null;
                            other_unit: number | null;
                            unit: number | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasEmbed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description For each row its place, to the right and downwards; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        places: {
                            [key: string]: (string | number) | null;
                        }[];
                    };
                };
            };
            /** @description The map has no plane */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasImpute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description For each row a value for each of the map's columns that it lacks, and null for those that it has; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        imputations: {
                            [key: string]: (string | number) | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasInvocations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The answer for each row; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        predictions: {
                            cluster?: number | null;
                            cluster_name?: string | null;
                            distance: number | null;
                            p_value?: number | null;
                            second_unit: number | null;
                            unit: number | null;
                            unit_column: number | null;
                            unit_row: number | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameAliasByAliasMap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lattice, features, errors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metric: string;
                        trainedRows: number;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasMatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The answer for each row; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        predictions: {
                            cluster?: number | null;
                            cluster_name?: string | null;
                            distance: number | null;
                            p_value?: number | null;
                            second_unit: number | null;
                            unit: number | null;
                            unit_column: number | null;
                            unit_row: number | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameAliasByAliasModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, with its SHA-256 in ETag and Content-Digest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameAliasByAliasPlotsByPlotPng: {
        parameters: {
            query?: {
                feature?: string;
                range?: string;
                scale?: "linear" | "quantile" | "log";
                target?: string;
                width?: string;
            };
            header?: never;
            path: {
                alias: string;
                name: string;
                plot: "u-matrix" | "component-plane" | "component-planes" | "hits" | "clusters" | "predictions" | "gradient-field" | "projection" | "training-curve";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description The map has no such picture */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasPlotsByPlotPng: {
        parameters: {
            query?: {
                label?: string;
                width?: string;
            };
            header?: never;
            path: {
                alias: string;
                name: string;
                plot: "hits" | "labels" | "class-pies" | "quality" | "p-matrix" | "u-star-matrix" | "smoothed-hits" | "trajectory";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description There is no such picture of rows */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameAliasByAliasPlotsByPlotSvg: {
        parameters: {
            query?: {
                feature?: string;
                range?: string;
                scale?: "linear" | "quantile" | "log";
                target?: string;
            };
            header?: never;
            path: {
                alias: string;
                name: string;
                plot: "u-matrix" | "component-plane" | "component-planes" | "hits" | "clusters" | "predictions" | "gradient-field" | "projection" | "training-curve";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description The map has no such picture */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasPlotsByPlotSvg: {
        parameters: {
            query?: {
                label?: string;
            };
            header?: never;
            path: {
                alias: string;
                name: string;
                plot: "hits" | "labels" | "class-pies" | "quality" | "p-matrix" | "u-star-matrix" | "smoothed-hits" | "trajectory";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description There is no such picture of rows */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasPredict: {
        parameters: {
            query?: {
                coverage?: string;
            };
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description For each row and target the prediction, with probabilities of classes or the interval of a number, and the unit; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        predictions: {
                            [key: string]: (string | number) | null;
                        }[];
                    };
                };
            };
            /** @description The map has no targets */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasReportHtml: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameAliasByAliasSegment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description The segment of each row */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        segments: {
                            cluster: number | null;
                            p_value: number | null;
                            segment: string | null;
                        }[];
                    };
                };
            };
            /** @description The map has no clusters */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        versions: {
                            aliases: string[];
                            bytes: number;
                            created: string;
                            digest: string;
                            metrics: {
                                [key: string]: number;
                            };
                            name: string;
                            tags: {
                                [key: string]: string;
                            };
                            version: number;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersions: {
        parameters: {
            query?: {
                alias?: string;
                metrics?: string;
                sha256?: string;
                tags?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description The new version */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aliases: string[];
                        bytes: number;
                        created: string;
                        digest: string;
                        metrics: {
                            [key: string]: number;
                        };
                        name: string;
                        tags: {
                            [key: string]: string;
                        };
                        version: number;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameVersionsByVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aliases: string[];
                        bytes: number;
                        created: string;
                        digest: string;
                        metrics: {
                            [key: string]: number;
                        };
                        name: string;
                        tags: {
                            [key: string]: string;
                        };
                        version: number;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteV1MapsByNameVersionsByVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionClusters: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    merge?: unknown;
                    rename?: unknown;
                    split?: unknown;
                };
            };
        };
        responses: {
            /** @description The new version, and its clusters */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        clusters: {
                            name: string;
                            number: number;
                            units: number;
                        }[];
                        name: string;
                        version: number;
                    };
                };
            };
            /** @description The map has no clusters */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionCompare: {
        parameters: {
            query?: {
                other?: string;
            };
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description How the maps were aligned, the mean share of neighbours kept, and each row on both */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alignment: string;
                        mean_kept: number | null;
                        rows: {
                            kept: number | null;
                            moved: number | null;
                            other_unit: number | null;
                            unit: number | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionEmbed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description For each row its place, to the right and downwards; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        places: {
                            [key: string]: (string | number) | null;
                        }[];
                    };
                };
            };
            /** @description The map has no plane */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionImpute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description For each row a value for each of the map's columns that it lacks, and null for those that it has; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        imputations: {
                            [key: string]: (string | number) | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionInvocations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The answer for each row; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        predictions: {
                            cluster?: number | null;
                            cluster_name?: string | null;
                            distance: number | null;
                            p_value?: number | null;
                            second_unit: number | null;
                            unit: number | null;
                            unit_column: number | null;
                            unit_row: number | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameVersionsByVersionMap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lattice, features, errors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metric: string;
                        trainedRows: number;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionMatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The answer for each row; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        predictions: {
                            cluster?: number | null;
                            cluster_name?: string | null;
                            distance: number | null;
                            p_value?: number | null;
                            second_unit: number | null;
                            unit: number | null;
                            unit_column: number | null;
                            unit_row: number | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameVersionsByVersionModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, with its SHA-256 in ETag and Content-Digest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameVersionsByVersionPlotsByPlotPng: {
        parameters: {
            query?: {
                feature?: string;
                range?: string;
                scale?: "linear" | "quantile" | "log";
                target?: string;
                width?: string;
            };
            header?: never;
            path: {
                name: string;
                plot: "u-matrix" | "component-plane" | "component-planes" | "hits" | "clusters" | "predictions" | "gradient-field" | "projection" | "training-curve";
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description The map has no such picture */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionPlotsByPlotPng: {
        parameters: {
            query?: {
                label?: string;
                width?: string;
            };
            header?: never;
            path: {
                name: string;
                plot: "hits" | "labels" | "class-pies" | "quality" | "p-matrix" | "u-star-matrix" | "smoothed-hits" | "trajectory";
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description There is no such picture of rows */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1MapsByNameVersionsByVersionPlotsByPlotSvg: {
        parameters: {
            query?: {
                feature?: string;
                range?: string;
                scale?: "linear" | "quantile" | "log";
                target?: string;
            };
            header?: never;
            path: {
                name: string;
                plot: "u-matrix" | "component-plane" | "component-planes" | "hits" | "clusters" | "predictions" | "gradient-field" | "projection" | "training-curve";
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description The map has no such picture */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionPlotsByPlotSvg: {
        parameters: {
            query?: {
                label?: string;
            };
            header?: never;
            path: {
                name: string;
                plot: "hits" | "labels" | "class-pies" | "quality" | "p-matrix" | "u-star-matrix" | "smoothed-hits" | "trajectory";
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description There is no such picture of rows */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionPredict: {
        parameters: {
            query?: {
                coverage?: string;
            };
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description For each row and target the prediction, with probabilities of classes or the interval of a number, and the unit; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        predictions: {
                            [key: string]: (string | number) | null;
                        }[];
                    };
                };
            };
            /** @description The map has no targets */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionReportHtml: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1MapsByNameVersionsByVersionSegment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description The segment of each row */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        segments: {
                            cluster: number | null;
                            p_value: number | null;
                            segment: string | null;
                        }[];
                    };
                };
            };
            /** @description The map has no clusters */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putV1MapsByNameVersionsByVersionTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: string;
                };
            };
        };
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aliases: string[];
                        bytes: number;
                        created: string;
                        digest: string;
                        metrics: {
                            [key: string]: number;
                        };
                        name: string;
                        tags: {
                            [key: string]: string;
                        };
                        version: number;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1Match: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The answer for each row; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        predictions: {
                            cluster?: number | null;
                            cluster_name?: string | null;
                            distance: number | null;
                            p_value?: number | null;
                            second_unit: number | null;
                            unit: number | null;
                            unit_column: number | null;
                            unit_row: number | null;
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1Model: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1PlotsByPlotPng: {
        parameters: {
            query?: {
                feature?: string;
                range?: string;
                scale?: "linear" | "quantile" | "log";
                target?: string;
                width?: string;
            };
            header?: never;
            path: {
                plot: "u-matrix" | "component-plane" | "component-planes" | "hits" | "clusters" | "predictions" | "gradient-field" | "projection" | "training-curve";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description The map has no such picture */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1PlotsByPlotPng: {
        parameters: {
            query?: {
                label?: string;
                width?: string;
            };
            header?: never;
            path: {
                plot: "hits" | "labels" | "class-pies" | "quality" | "p-matrix" | "u-star-matrix" | "smoothed-hits" | "trajectory";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description There is no such picture of rows */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV1PlotsByPlotSvg: {
        parameters: {
            query?: {
                feature?: string;
                range?: string;
                scale?: "linear" | "quantile" | "log";
                target?: string;
            };
            header?: never;
            path: {
                plot: "u-matrix" | "component-plane" | "component-planes" | "hits" | "clusters" | "predictions" | "gradient-field" | "projection" | "training-curve";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description The map has no such picture */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1PlotsByPlotSvg: {
        parameters: {
            query?: {
                label?: string;
            };
            header?: never;
            path: {
                plot: "hits" | "labels" | "class-pies" | "quality" | "p-matrix" | "u-star-matrix" | "smoothed-hits" | "trajectory";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description There is no such picture of rows */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1Predict: {
        parameters: {
            query?: {
                coverage?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "application/vnd.apache.arrow.stream": unknown;
                "application/x-ndjson": unknown;
                "text/csv": string;
            };
        };
        responses: {
            /** @description For each row and target the prediction, with probabilities of classes or the interval of a number, and the unit; a stream is answered by a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        predictions: {
                            [key: string]: (string | number) | null;
                        }[];
                    };
                };
            };
            /** @description The map has no targets */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1ReportHtml: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1Segment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataframe_split: {
                        columns: string[];
                        data: (number | string | boolean | null)[][];
                    };
                } | {
                    dataframe_records: {
                        [key: string]: number | string | boolean | null;
                    }[];
                } | {
                    instances: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[];
                } | {
                    inputs: ((number | string | boolean | null)[] | {
                        [key: string]: number | string | boolean | null;
                    })[] | {
                        [key: string]: (number | string | boolean | null)[];
                    };
                };
                "text/csv": string;
            };
        };
        responses: {
            /** @description The segment of each row */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        segments: {
                            cluster: number | null;
                            p_value: number | null;
                            segment: string | null;
                        }[];
                    };
                };
            };
            /** @description The map has no clusters */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV1Tables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.apache.arrow.file": unknown;
                "application/vnd.apache.arrow.stream": unknown;
                "application/vnd.apache.parquet": unknown;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                "application/x-ndjson": unknown;
                "text/csv": unknown;
                "text/tab-separated-values": unknown;
            };
        };
        responses: {
            /** @description The digest of the table, for use in a job */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bytes: number;
                        upload: string;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV2: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Name and version of the server */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        version: string;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV2HealthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The server is alive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV2HealthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The server is alive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV2ModelsByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The input and output tensors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        inputs: {
                            datatype: string;
                            name: string;
                            shape: number[];
                        }[];
                        name: string;
                        outputs: {
                            datatype: string;
                            name: string;
                            shape: number[];
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV2ModelsByNameInfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    inputs: unknown;
                    outputs?: {
                        name: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description One tensor per output */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model_name: string;
                        outputs: {
                            datatype: string;
                            name: string;
                            shape: number[];
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV2ModelsByNameReady: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model is ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        ready: boolean;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV2ModelsByNameVersionsByVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The input and output tensors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        inputs: {
                            datatype: string;
                            name: string;
                            shape: number[];
                        }[];
                        name: string;
                        outputs: {
                            datatype: string;
                            name: string;
                            shape: number[];
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV2ModelsByNameVersionsByVersionInfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    inputs: unknown;
                    outputs?: {
                        name: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description One tensor per output */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model_name: string;
                        outputs: {
                            datatype: string;
                            name: string;
                            shape: number[];
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV2ModelsByNameVersionsByVersionReady: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model is ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        ready: boolean;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV2ModelsSom: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The input and output tensors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        inputs: {
                            datatype: string;
                            name: string;
                            shape: number[];
                        }[];
                        name: string;
                        outputs: {
                            datatype: string;
                            name: string;
                            shape: number[];
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postV2ModelsSomInfer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    inputs: unknown;
                    outputs?: {
                        name: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description One tensor per output */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model_name: string;
                        outputs: {
                            datatype: string;
                            name: string;
                            shape: number[];
                        }[];
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getV2ModelsSomReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model is ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        ready: boolean;
                    };
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version of som */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The request failed; the body says why */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
