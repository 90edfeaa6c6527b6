/** The HTTP API: one package per resource. This package handles the failures of all of them. */
@NullMarked
package dev.likeness.app.web;

import org.jspecify.annotations.NullMarked;
