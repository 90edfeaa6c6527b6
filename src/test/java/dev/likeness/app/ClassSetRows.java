package dev.likeness.app;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of class sets. */
public record ClassSetRows(JdbcClient jdbc) {

    /**
     * A set of the server's own.
     *
     * @param files hashes of its images
     * @param captions one each, or null
     */
    public UUID add(List<String> files, List<@Nullable String> captions) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        "insert into class_set (id, owner, name, complete, created_at) values (?, 'local', 'tests', true, now())")
                .param(id)
                .update();
        for (int i = 0; i < files.size(); i++) {
            jdbc.sql("""
                            insert into class_image
                            (class_set_id, position, file_name, file_sha256, thumbnail_sha256, width, height, original_format, caption)
                            values (?, ?, '', ?, ?, 64, 64, 'png', ?)
                            """)
                    .params(id, i, files.get(i), files.get(i), captions.get(i))
                    .update();
        }
        return id;
    }

    /** Makes a set as old as one whose process has ended. */
    public void abandon(UUID id) {
        jdbc.sql("update class_set set complete = false, created_at = now() - interval '7 hours' where id = ?")
                .param(id)
                .update();
    }
}
