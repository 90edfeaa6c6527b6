/** Webhook deliveries over HTTP, and the bodies of webhook events. */
@NullMarked
package dev.likeness.app.web.webhook;

import org.jspecify.annotations.NullMarked;
