package dev.likeness.app.web.generation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "GenerationPage")
record GenerationPageView(
        List<GenerationView> results,

        @Schema(nullable = true) @Nullable URI next,

        @Schema(nullable = true) @Nullable URI previous) {}
