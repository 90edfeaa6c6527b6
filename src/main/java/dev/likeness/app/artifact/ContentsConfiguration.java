package dev.likeness.app.artifact;

import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Selects the storage: a folder or a bucket. */
@Configuration(proxyBeanMethods = false)
class ContentsConfiguration {

    @Bean
    Contents contents(ArtifactSettings settings, ObjectProvider<ObjectStore> store, ObjectProvider<LocalCache> copies) {
        return switch (settings.artifacts().store()) {
            case FOLDER -> new HashFolder(settings.home().resolve("artifacts"));
            case S3 -> new HashBucket(store.getObject(), copies.getObject());
        };
    }

    /** The beans of a bucket. Without a bucket, the SDK's classes are not loaded. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "likeness.artifacts.store", havingValue = "s3")
    static class Bucket {

        @Bean
        ObjectStore objectStore(S3Settings settings, JdbcClient jdbc) {
            UUID database =
                    jdbc.sql("select id from deployment").query(UUID.class).single();
            return ObjectStore.open(settings, database);
        }

        @Bean
        LocalCache localCache(ArtifactSettings settings, S3Settings s3, Clock clock) {
            return new LocalCache(settings.home().resolve("artifact-cache"), s3.cacheSize(), clock);
        }
    }
}
