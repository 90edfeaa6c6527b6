package dev.likeness.bench;

import java.util.Map;

/**
 * What one process measures.
 *
 * @param workload its name, see {@link Workloads}
 * @param model name of the model, see {@link BenchModels}
 * @param folder of the model
 * @param inputs folder with what another program needs for the same work
 */
record Task(String workload, String model, String folder, String inputs, Size size, Effort effort, Job job) {

    /**
     * Of a whole job.
     *
     * @param steps of training
     * @param priorImages that are generated before training
     */
    record Job(int steps, int priorImages) {}

    /**
     * @param side of the pictures in pixels
     * @param batch pictures in one step; with prior preservation as many prior images in addition
     * @param rank of LoRA
     * @param vectors of textual inversion
     * @param images pictures of the subject to train on
     */
    record Size(int side, int batch, int rank, int vectors, int images) {

        /** Those of some options, and otherwise these. */
        Size with(Map<String, String> options) {
            return new Size(
                    number(options, "side", side),
                    number(options, "batch", batch),
                    number(options, "rank", rank),
                    number(options, "vectors", vectors),
                    number(options, "images", images));
        }

        private static int number(Map<String, String> options, String name, int otherwise) {
            return Integer.parseInt(options.getOrDefault(name, Integer.toString(otherwise)));
        }
    }

    /**
     * @param warmup steps before those that are measured
     * @param steps that are measured
     * @param threads that one operation uses
     * @param device as PyTorch names it
     */
    record Effort(int warmup, int steps, int threads, String device) {

        int all() {
            return warmup + steps;
        }
    }
}
