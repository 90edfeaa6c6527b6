package dev.likeness.app.classimage;

import org.springframework.context.ApplicationContext;

/** Runs the hourly deletion of incomplete class sets. */
public final class ClassSetIntakeSweep {

    private ClassSetIntakeSweep() {}

    public static void sweep(ApplicationContext context) {
        context.getBean(ClassSetIntake.class).deleteAbandoned();
    }
}
