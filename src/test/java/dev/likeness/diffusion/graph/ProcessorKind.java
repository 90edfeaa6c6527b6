package dev.likeness.diffusion.graph;

/** What tests outside this package expect of the processor that they run on. */
public final class ProcessorKind {

    private ProcessorKind() {}

    /** Whether oneDNN computes large matrix products in fp32; otherwise MKL does. */
    public static boolean multipliesByOneDnn() {
        return Processor.here().multipliesFasterByOneDnn();
    }
}
