/** Catalogue of base models. */
@NullMarked
package dev.likeness.app.model;

import org.jspecify.annotations.NullMarked;
