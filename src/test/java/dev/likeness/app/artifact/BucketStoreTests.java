package dev.likeness.app.artifact;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

class BucketStoreTests extends ArtifactStoreContract {

    @Autowired
    PlatformTransactionManager transactions;

    @TempDir
    Path cache;

    TestBucket bucket;

    @Override
    StoredFiles store() {
        bucket = TestBucket.make(cache);
        return new StoredFiles(bucket.contents(), jdbc, transactions, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
        bucket.close();
    }
}
