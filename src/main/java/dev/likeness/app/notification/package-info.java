/** Notifications of PostgreSQL, which wake this process as soon as another one commits. */
@NullMarked
package dev.likeness.app.notification;

import org.jspecify.annotations.NullMarked;
