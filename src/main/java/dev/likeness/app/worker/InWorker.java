package dev.likeness.app.worker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Restricts a bean to worker processes. So an API process never loads libtorch. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@InRole(Role.WORKER)
public @interface InWorker {}
