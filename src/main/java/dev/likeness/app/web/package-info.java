/** The HTTP API: one package a resource. This one answers failures of all of them. */
@NullMarked
package dev.likeness.app.web;

import org.jspecify.annotations.NullMarked;
