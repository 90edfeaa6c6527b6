package dev.likeness.app.worker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Only part of a worker process: an API process never has it, and so never loads libtorch. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@InRole(Role.WORKER)
public @interface InWorker {}
