package dev.likeness.app.artifact;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The content of files is in a folder, or in a bucket. */
@Configuration(proxyBeanMethods = false)
class ContentsConfiguration {

    @Bean
    @ConditionalOnProperty(name = "likeness.artifacts.store", havingValue = "folder", matchIfMissing = true)
    Contents folder(ArtifactSettings settings) {
        return new HashFolder(settings.home().resolve("artifacts"));
    }

    /** Only with it are the SDK's classes loaded. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "likeness.artifacts.store", havingValue = "s3")
    static class Bucket {

        @Bean
        LocalCache localCache(ArtifactSettings settings, S3Settings s3, Clock clock) {
            return new LocalCache(settings.home().resolve("artifact-cache"), s3.cacheSize(), clock);
        }

        @Bean
        ObjectStore objectStore(S3Settings settings) {
            return ObjectStore.open(settings);
        }

        @Bean
        Contents bucket(ObjectStore store, S3Settings settings, LocalCache cache) {
            return new HashBucket(store.client(), settings, cache);
        }
    }
}
