package dev.likeness.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one process measured; the peer's script writes the same as JSON.
 *
 * @param stepSeconds of each measured step
 * @param losses of every training step, those of the warm-up included; empty for other work
 * @param difference of the results from the expected ones of the inputs, as a share; null if they were not compared
 * @param parts seconds of what a step consists of, by name; empty for most work
 * @param firstStepSeconds from the start of the process to the end of its first step
 * @param firstStepCpuSeconds of all of the process's threads until then; null if they were not measured
 * @param versions of the program, the libraries and the machine
 */
record Sample(
        List<Double> stepSeconds,
        List<Double> losses,
        @Nullable Double difference,
        Map<String, Double> parts,
        double firstStepSeconds,
        @Nullable Double firstStepCpuSeconds,
        Used used,
        Peak peak,
        Map<String, String> versions) {

    /**
     * What the measured steps used.
     *
     * @param wallSeconds also of what happens between steps
     * @param cpuSeconds of all of the process's threads
     * @param minorFaults pages that the kernel mapped
     * @param othersCpuSeconds of everything else on the machine
     */
    record Used(double wallSeconds, double cpuSeconds, long minorFaults, double othersCpuSeconds) {

        static Used between(Usage from, Usage to) {
            double cpu = to.cpuSeconds() - from.cpuSeconds();
            return new Used(
                    (to.nanos() - from.nanos()) / 1e9,
                    cpu,
                    to.minorFaults() - from.minorFaults(),
                    Math.max(0, to.machineCpuSeconds() - from.machineCpuSeconds() - cpu));
        }
    }

    /**
     * Bytes of memory.
     *
     * @param resident the highest of the whole process
     * @param residentSteps the highest in the measured steps
     * @param device the device's; null on the CPU
     */
    record Peak(long resident, long residentSteps, @Nullable Long device) {}
}
