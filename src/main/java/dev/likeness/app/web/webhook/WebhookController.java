package dev.likeness.app.web.webhook;

import dev.likeness.app.job.Jobs;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.openapi.Examples;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Refuses;
import dev.likeness.app.web.webhook.DeliveryView.DeliveriesView;
import dev.likeness.app.webhook.JobWebhooks;
import dev.likeness.app.webhook.WebhookSecrets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was told to receivers, and with what secret. */
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
    @Operation(
            operationId = "listJobDeliveries",
            summary = "List a job's webhook deliveries",
            description = "What was sent of the job, or will be, to the webhook of its submission and to the operator's"
                    + " endpoints, newest first.")
    @Refuses(ProblemType.NOT_FOUND)
    DeliveriesView deliveries(
            @Parameter(description = "Id of the job.", example = Examples.JOB) @PathVariable UUID id) {
        return new DeliveriesView(webhooks.deliveries(jobs.get(id).id()).stream()
                .map(DeliveryView::of)
                .toList());
    }

    @PostMapping("/webhooks/{delivery}/redeliver")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "redeliverWebhook",
            summary = "Deliver a webhook again",
            description = "Sends the same event with the same webhook-id once more, whatever became of it before, and"
                    + " tries it for as long as a new one. What waits for its next attempt is tried at once.")
    @ApiResponse(responseCode = "202", description = "The delivery, which is due now.")
    @Refuses(ProblemType.NOT_FOUND)
    DeliveryView redeliver(
            @Parameter(description = "Id of the delivery.", example = Examples.DELIVERY) @PathVariable UUID delivery) {
        return DeliveryView.of(webhooks.redeliver(delivery));
    }

    @GetMapping("/webhooks/secret")
    @Operation(
            operationId = "getWebhookSecret",
            summary = "Get the webhook secret",
            description = "What receivers verify signatures with, as libraries for Standard Webhooks take it.")
    ResponseEntity<SecretView> secret() {
        return secret(secrets.present());
    }

    @PostMapping("/webhooks/secret/rotate")
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Rotate the webhook secret",
            description = "Makes a new secret. For a day the former one signs too, beside the new one; one from before"
                    + " that stops at once.")
    ResponseEntity<SecretView> rotate() {
        return secret(secrets.rotate());
    }

    private static ResponseEntity<SecretView> secret(String secret) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new SecretView(secret));
    }

    @Schema(name = "WebhookSecret", description = "What receivers verify signatures with.")
    record SecretView(
            @Schema(description = "whsec_ and base64.", example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            String secret) {}
}
