package dev.likeness.app.artifact;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

class BucketSweepTests extends SweepContract {

    @Autowired
    PlatformTransactionManager transactions;

    private final TestBucket bucket = TestBucket.make();

    @Override
    StoredFiles store() {
        return new StoredFiles(bucket.contents(), jdbc, transactions, Clock.systemUTC());
    }

    @Override
    Path place(String sha256) {
        return bucket.object(sha256);
    }

    @AfterEach
    void close() {
        store.close();
        bucket.forget();
    }
}
