@NullMarked
package dev.likeness.app.webhook;

import org.jspecify.annotations.NullMarked;
