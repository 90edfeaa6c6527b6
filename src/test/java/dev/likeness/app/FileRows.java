package dev.likeness.app;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of stored files, by their SHA-256: what tests ask of them, and change in them. */
public final class FileRows {

    private final JdbcClient jdbc;

    FileRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Number of rows of a file. */
    public int rows(String sha256) {
        return jdbc.sql("select count(*) from stored_file where sha256 = ?")
                .param(sha256)
                .query(Integer.class)
                .single();
    }

    /** Files referenced by rows of any table. Other files are about to be deleted. */
    public Set<String> referenced() {
        List<String> references = jdbc.sql("""
                        select 'select ' || attname || ' from ' || conrelid::regclass from pg_constraint
                          join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                         where contype = 'f' and confrelid = 'stored_file'::regclass
                        """).query(String.class).list();
        return new HashSet<>(jdbc.sql("select sha256 from stored_file where sha256 in (%s)"
                        .formatted(String.join(" union ", references)))
                .query(String.class)
                .list());
    }

    /** Locks the row of a file until the end of the current transaction. */
    public void lock(String sha256) {
        jdbc.sql("select sha256 from stored_file where sha256 = ? for update")
                .param(sha256)
                .query(String.class)
                .single();
    }

    public void delete(String sha256) {
        jdbc.sql("delete from stored_file where sha256 = ?").param(sha256).update();
    }

    /** Sets how long ago a file was stored. */
    public void age(String sha256, Duration age) {
        jdbc.sql("update stored_file set created_at = now() - ? * interval '1 second' where sha256 = ?")
                .params(age.toSeconds(), sha256)
                .update();
    }

    /** Makes a set of prior images refer to a file. */
    public void refer(String sha256) {
        String key = UUID.randomUUID().toString();
        jdbc.sql(
                        "insert into prior_set (key, prompt, model_hash, settings, created_at) values (?, '', '', '{}', now())")
                .param(key)
                .update();
        jdbc.sql("insert into prior_image (key, position, file_sha256) values (?, 0, ?)")
                .params(key, sha256)
                .update();
    }
}
