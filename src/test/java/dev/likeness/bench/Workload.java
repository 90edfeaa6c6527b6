package dev.likeness.bench;

import java.io.IOException;

/** One kind of work that is measured. */
interface Workload {

    /** Does it step by step, with the warm-up, and tells the recorder of each step. */
    void run(Opened model, Recorder recorder) throws IOException;

    /** Writes the inputs and the expected results, so that another program can do and check the same work. */
    void export(Opened model, InputsWriter inputs) throws IOException;
}
