package dev.likeness.bench;

import java.io.IOException;

/** One kind of work that is measured. */
interface Workload {

    /** Does one repetition, on an engine thread. */
    Sample measure(Task task) throws IOException, InterruptedException;

    /** Writes the inputs and the expected results, so that another program can do and check the same work. */
    void export(Opened model, InputsWriter inputs) throws IOException;
}
