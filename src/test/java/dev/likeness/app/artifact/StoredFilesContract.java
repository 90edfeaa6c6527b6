package dev.likeness.app.artifact;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import java.nio.charset.StandardCharsets;
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
        database().files().refer(file.sha256());
    }

    int rows(StoredFile file) {
        return database().files().rows(file.sha256());
    }

    TestDatabase database() {
        return new TestDatabase(jdbc);
    }
}
