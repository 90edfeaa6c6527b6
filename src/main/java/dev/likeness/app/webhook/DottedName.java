package dev.likeness.app.webhook;

import dev.likeness.diffusion.wire.Wire;
import java.util.Locale;

/** A constant whose name has dots in place of underscores. */
interface DottedName extends Wire {

    @Override
    default String wire() {
        return ((Enum<?>) this).name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
