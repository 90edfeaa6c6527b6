package dev.likeness.app.worker;

import dev.likeness.app.TestHome;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The test's own process is an API process, and workers are processes beside it that share its home. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {"likeness.home=" + BesideWorkers.HOME, "likeness.role=api"})
@interface BesideWorkers {

    String HOME = TestHome.WORKERS;
}
