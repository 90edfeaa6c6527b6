package dev.likeness.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * A test with an API process that serves no HTTP. Workers may run as processes beside it in the same home. All of these
 * tests share one context.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(TestDatabase.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {"likeness.home=" + TestHome.WORKERS, "likeness.role=api"})
public @interface ServiceTest {}
