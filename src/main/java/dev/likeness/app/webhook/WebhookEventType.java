package dev.likeness.app.webhook;

import dev.likeness.app.task.TaskNews;
import dev.likeness.app.task.WebhookEvent;
import dev.likeness.diffusion.wire.Wire;
import java.util.Arrays;
import java.util.List;

/** The values of an event's {@code type}: the kind of task, a dot, and what happened. */
public enum WebhookEventType implements DottedName {
    JOB_STARTED,
    JOB_PROGRESS,
    JOB_SUCCEEDED,
    JOB_FAILED,
    JOB_CANCELED,
    GENERATION_STARTED,
    GENERATION_PROGRESS,
    GENERATION_SUCCEEDED,
    GENERATION_FAILED,
    GENERATION_CANCELED,
    CAPTIONS_STARTED,
    CAPTIONS_PROGRESS,
    CAPTIONS_SUCCEEDED,
    CAPTIONS_FAILED,
    CAPTIONS_CANCELED,
    EVALUATION_STARTED,
    EVALUATION_PROGRESS,
    EVALUATION_SUCCEEDED,
    EVALUATION_FAILED,
    EVALUATION_CANCELED;

    static WebhookEventType of(TaskNews news) {
        String happened = switch (news.event()) {
            case START -> "started";
            case PROGRESS -> "progress";
            case COMPLETED -> news.status().wire();
        };
        return Wire.named(WebhookEventType.class, news.task().kind().wire() + "." + happened);
    }

    /** Those of tasks that have become final, by their names. */
    static List<String> completions() {
        return Arrays.stream(values())
                .filter(it -> it.event() == WebhookEvent.COMPLETED)
                .map(WebhookEventType::wire)
                .toList();
    }

    WebhookEvent event() {
        if (name().endsWith("_STARTED")) {
            return WebhookEvent.START;
        }
        return name().endsWith("_PROGRESS") ? WebhookEvent.PROGRESS : WebhookEvent.COMPLETED;
    }
}
