package dev.likeness.app.worker;

import dev.likeness.app.LikenessApplication;
import dev.likeness.app.Spans;
import dev.likeness.app.TestHome;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.ThreadFactory;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A test with a worker in this process, with an engine that only does as if. One context serves all of them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        // What is last goes over what was before.
        classes = {LikenessApplication.class, FakeWorkerTest.Fakes.class},
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "likeness.home=" + TestHome.FAKE_WORKER,
            "likeness.role=worker",
            "likeness.queue.heartbeat=200ms",
            "likeness.models[tests/described].path=src/test/resources/goldens/tiny-sd1/model",
            "likeness.scores.dino=src/test/resources/goldens/tiny-vision/dino",
            "likeness.captions.models[tests/described]=src/test/resources/goldens/tiny-blip/model",
            "management.server.port=0",
            "spring.main.allow-bean-definition-overriding=true"
        })
@Import(Spans.class)
@interface FakeWorkerTest {

    /** What is not real. */
    @TestConfiguration(proxyBeanMethods = false)
    class Fakes {

        @Bean
        FlywayMigrationStrategy waitForMigration() {
            return Flyway::migrate;
        }

        @Bean
        ThreadFactory engineThreads() {
            return Thread::new;
        }

        @Bean(destroyMethod = "")
        FakeEngine engine() {
            return new FakeEngine();
        }
    }
}
