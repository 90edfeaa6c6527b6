package dev.likeness.app.web.webhook;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "DeliveryPage")
record DeliveryPageView(
        List<DeliveryView> results,

        @Schema(nullable = true) @Nullable URI next,

        @Schema(nullable = true) @Nullable URI previous) {}
