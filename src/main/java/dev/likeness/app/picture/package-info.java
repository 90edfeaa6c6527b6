/** Pictures: decoding a JPEG, PNG or WebP file to upright sRGB pixels, and measuring them. */
@NullMarked
package dev.likeness.app.picture;

import org.jspecify.annotations.NullMarked;
