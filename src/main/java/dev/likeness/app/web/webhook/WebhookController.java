package dev.likeness.app.web.webhook;

import dev.likeness.app.job.Jobs;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.web.http.Cursors;
import dev.likeness.app.web.http.PageLimit;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import dev.likeness.app.web.webhook.DeliveryView.DeliveriesView;
import dev.likeness.app.webhook.Delivery;
import dev.likeness.app.webhook.JobWebhooks;
import dev.likeness.app.webhook.WebhookSecrets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deliveries to receivers, and the secret that they are signed with. */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.WEBHOOKS)
class WebhookController {

    private final Jobs jobs;
    private final JobWebhooks webhooks;
    private final WebhookSecrets secrets;

    WebhookController(Jobs jobs, JobWebhooks webhooks, WebhookSecrets secrets) {
        this.jobs = jobs;
        this.webhooks = webhooks;
        this.secrets = secrets;
    }

    @GetMapping("/jobs/{id}/webhooks")
    @Operation(operationId = "listJobDeliveries")
    @Problems(ProblemType.NOT_FOUND)
    DeliveriesView deliveries(@PathVariable UUID id) {
        return new DeliveriesView(webhooks.deliveries(jobs.get(id).id()).stream()
                .map(DeliveryView::of)
                .toList());
    }

    @GetMapping("/webhooks")
    @Operation(operationId = "listDeliveries")
    @Problems(ProblemType.INVALID_REQUEST)
    DeliveryPageView list(
            @RequestParam(name = "task_id", required = false) @Nullable UUID taskId,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
                    @RequestParam(defaultValue = "20")
                    int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageLimit.check(limit);
        KeysetPage<Delivery> page = webhooks.page(taskId, Cursors.read(cursor), limit);
        return new DeliveryPageView(
                page.entries().stream().map(DeliveryView::of).toList(),
                Cursors.link(page.older()),
                Cursors.link(page.newer()));
    }

    @PostMapping("/webhooks/{delivery}/redeliver")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "redeliverWebhook")
    @ApiResponse(responseCode = "202")
    @Problems(ProblemType.NOT_FOUND)
    DeliveryView redeliver(@PathVariable UUID delivery) {
        return DeliveryView.of(webhooks.redeliver(delivery));
    }

    @GetMapping("/webhooks/secret")
    @Operation(operationId = "getWebhookSecret")
    ResponseEntity<SecretView> secret() {
        return secret(secrets.present());
    }

    @PostMapping("/webhooks/secret/rotate")
    @Operation(operationId = "rotateWebhookSecret")
    ResponseEntity<SecretView> rotate() {
        return secret(secrets.rotate());
    }

    private static ResponseEntity<SecretView> secret(String secret) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new SecretView(secret));
    }

    @Schema(name = "WebhookSecret")
    record SecretView(String secret) {}
}
