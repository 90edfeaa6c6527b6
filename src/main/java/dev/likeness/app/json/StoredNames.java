package dev.likeness.app.json;

import dev.likeness.diffusion.wire.Wire;
import java.util.stream.Collectors;

/** Names of constants in columns of the database. Processes of a newer release may write others. */
public final class StoredNames {

    private StoredNames() {}

    /**
     * A condition of SQL: the column has a name that this release knows.
     *
     * @param type of the column's constants
     */
    public static String known(String column, Class<? extends Wire> type) {
        return Wire.names(type).stream().collect(Collectors.joining("', '", column + " in ('", "')"));
    }
}
