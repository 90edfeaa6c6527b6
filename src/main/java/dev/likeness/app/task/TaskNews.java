package dev.likeness.app.task;

import java.time.Instant;

/**
 * Something that webhooks are called for. Published within the transaction of the change, in any process.
 *
 * @param status of the task after the change
 */
public record TaskNews(TaskRef task, WebhookEvent event, TaskStatus status, Instant at) {}
