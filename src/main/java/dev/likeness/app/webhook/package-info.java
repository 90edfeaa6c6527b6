/** Webhooks of job events: outbox, signing, delivery, redelivery. */
@NullMarked
package dev.likeness.app.webhook;

import org.jspecify.annotations.NullMarked;
