/** JSON in the database. */
@NullMarked
package dev.likeness.app.json;

import org.jspecify.annotations.NullMarked;
