package dev.likeness.app;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests change in rows of adapters and of artifacts of jobs. */
public final class AdapterRows {

    private final JdbcClient jdbc;

    AdapterRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes a momentum mode into the contents of an adapter. */
    public void changeMomentumMode(UUID id, String mode) {
        jdbc.sql("update adapter set contents = contents || jsonb_build_object('momentum_mode', ?) where id = ?")
                .params(mode, id)
                .update();
    }

    /** Writes a name that only a newer release knows, as after its migration, and then asks. */
    public void withNewerName(String table, String column, UUID id, Runnable ask) {
        String name = "%s_%s_check".formatted(table, column);
        String check = jdbc.sql("select pg_get_constraintdef(oid) from pg_constraint where conname = ?")
                .param(name)
                .query(String.class)
                .single();
        String before = jdbc.sql("select %s from %s where id = ?".formatted(column, table))
                .param(id)
                .query(String.class)
                .single();
        String change = "update %s set %s = ? where id = ?".formatted(table, column);
        jdbc.sql("alter table %s drop constraint %s".formatted(table, name)).update();
        try {
            jdbc.sql(change).params("unheard_of", id).update();
            ask.run();
        } finally {
            jdbc.sql(change).params(before, id).update();
            jdbc.sql("alter table %s add constraint %s %s".formatted(table, name, check))
                    .update();
        }
    }
}
