package dev.likeness.app.artifact;

import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

class BucketStoreTests extends ArtifactStoreContract {

    @Autowired
    PlatformTransactionManager transactions;

    private final TestBucket bucket = TestBucket.make();

    @Override
    StoredFiles store() {
        return new StoredFiles(bucket.contents(), jdbc, transactions, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
        bucket.forget();
    }
}
