package dev.likeness.app.artifact;

import dev.likeness.app.ApiTest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files with their rows in a database. */
@ApiTest
abstract class StoredFilesContract {

    @Autowired
    JdbcClient jdbc;

    StoredFiles store;

    abstract StoredFiles store();

    @BeforeEach
    void open() {
        store = store();
    }

    StoredFile put(String content) {
        return store.put("text/plain", out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** A prior set refers to it. */
    void use(StoredFile file) {
        String key = UUID.randomUUID().toString();
        jdbc.sql(
                        "insert into prior_set (key, prompt, model_hash, settings, created_at) values (?, '', '', '{}', now())")
                .param(key)
                .update();
        jdbc.sql("insert into prior_image (key, position, file_sha256) values (?, 0, ?)")
                .params(key, file.sha256())
                .update();
    }

    int rows(StoredFile file) {
        return jdbc.sql("select count(*) from stored_file where sha256 = ?")
                .param(file.sha256())
                .query(Integer.class)
                .single();
    }
}
