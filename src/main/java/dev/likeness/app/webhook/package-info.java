/** Webhooks of tasks: outbox, signing, delivery, redelivery. */
@NullMarked
package dev.likeness.app.webhook;

import org.jspecify.annotations.NullMarked;
