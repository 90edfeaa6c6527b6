package dev.likeness.app.queue;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What an operation takes of a database server.
 *
 * @param cpuMillis of all processes of the server
 * @param commits that wait for the log to be on disk
 * @param logBytes written ahead
 */
record Cost(double cpuMillis, double commits, double logBytes) {

    static Cost median(List<Cost> rounds) {
        return new Cost(median(rounds, Cost::cpuMillis), median(rounds, Cost::commits), median(rounds, Cost::logBytes));
    }

    private static double median(List<Cost> rounds, ToDoubleFunction<Cost> figure) {
        return rounds.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
