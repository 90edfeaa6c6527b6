package dev.likeness.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** A test with a whole API process, with a real database and without a worker. All of these tests share one context. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "likeness.home=" + TestHome.API,
            "likeness.role=api",
            "likeness.models[tests/tiny-sd1].path=src/test/resources/goldens/tiny-sd1/model",
            "likeness.models[tests/described].path=src/test/resources/goldens/tiny-sd1/model",
            // Not available, because tests are offline.
            "likeness.models[tests/remote].hub=tests/remote",
            "likeness.captions.models[tests/described]=src/test/resources/goldens/tiny-blip/model",
            "likeness.events.poll-interval=50ms",
            "likeness.events.heartbeat=200ms",
            "likeness.retention.jobs=30d",
            "likeness.upload.max-file-size=1MB",
            "likeness.upload.max-total-size=4MB",
            "likeness.adapters.max-file-size=8MB",
            // Tests of webhooks send deliveries themselves.
            "likeness.webhooks.poll-interval=1d",
            "likeness.metrics.every=1d"
        })
@Import({TestWorker.class, TestDatabase.class, Api.class, Spans.class})
public @interface ApiTest {}
