package dev.likeness.app.worker;

import dev.likeness.app.LikenessApplication;
import dev.likeness.app.Spans;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestHome;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.ThreadFactory;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test with a worker in this process, whose engine is a {@link FakeEngine}. All such tests share one context. Each test
 * begins without prior images, and with an engine that nothing was scripted for.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        // The last configuration replaces beans of those before it.
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
@Import({Spans.class, TestDatabase.class})
@ExtendWith(FakeWorkerTest.Fresh.class)
public @interface FakeWorkerTest {

    /** Clears the script of the engine and the prior images of the test before. */
    final class Fresh implements BeforeEachCallback {

        @Override
        public void beforeEach(ExtensionContext test) {
            ApplicationContext context = SpringExtension.getApplicationContext(test);
            context.getBean(FakeEngine.class).reset();
            TestDatabase.of(context).clear("job_prior_set", "prior_set");
        }
    }

    /** The beans that are not those of the application. */
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
