package dev.likeness.app.web.job;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "JobPage", description = "Some jobs, newest first.")
record JobPageView(
        @Schema(description = "The jobs.") List<JobView> results,

        @Schema(
                description = "Where older jobs are; null if there are none.",
                example = "http://localhost:8080/v1/jobs?limit=20&cursor=bzE3",
                nullable = true)
        @Nullable
        URI next,

        @Schema(
                description = "Where newer jobs are; null if there are none.",
                example = "http://localhost:8080/v1/jobs?limit=20&cursor=bjE3",
                nullable = true)
        @Nullable
        URI previous) {}
