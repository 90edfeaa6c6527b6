/** The worker process: roles, settings, supervision, registration, endpoints, and the check of its engine. */
@NullMarked
package dev.likeness.app.worker;

import org.jspecify.annotations.NullMarked;
