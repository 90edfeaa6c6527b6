/** The embedded PostgreSQL: a real server in a directory, shared by every process of this installation. */
@NullMarked
package dev.likeness.app.postgres;

import org.jspecify.annotations.NullMarked;
