/** Uploaded pictures: the limits of an upload, how much an owner may decode, and the checks of every file. */
@NullMarked
package dev.likeness.app.upload;

import org.jspecify.annotations.NullMarked;
