package dev.likeness.app.queue;

import dev.likeness.app.queue.RealFleet.Measured;
import dev.likeness.app.queue.ScalingRun.Crowd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The figures in the documentation. */
final class ScalingPage {

    private static final Path PAGE = Path.of("src/docs/scaling.md");
    private static final String BEGIN = "<!-- scaling -->";
    private static final String END = "<!-- end of scaling -->";

    private final StringBuilder text = new StringBuilder();

    void costs(Map<Operation, List<Cost>> rounds) {
        double signal = cpu(rounds, Operation.SIGNAL);
        line("### What an operation costs");
        line("");
        line("| operation | ms of CPU | range | times the check for cancellation | commits | KB of log |");
        line("|---|---:|---:|---:|---:|---:|");
        for (Operation operation : Operation.values()) {
            List<Cost> each = Objects.requireNonNull(rounds.get(operation));
            Cost cost = Cost.median(each);
            line(
                    "| %s | %.3f | %s | %.1f | %.1f | %.1f |",
                    operation.words(),
                    cost.cpuMillis(),
                    spread(each),
                    cost.cpuMillis() / signal,
                    cost.commits(),
                    cost.logBytes() / 1024);
        }
        line("");
    }

    void claims(Map<Crowd, List<Cost>> claims) {
        double first = Cost.median(claims.values().iterator().next()).cpuMillis();
        line("### A claim, by concurrent claims and waiting tasks");
        line("");
        line("| concurrent claims | waiting tasks | ms of CPU | range | times the first |");
        line("|---:|---:|---:|---:|---:|");
        claims.forEach((crowd, each) -> line(
                "| %d | %,d | %.3f | %s | %.1f |",
                crowd.claimers(),
                crowd.waiting(),
                Cost.median(each).cpuMillis(),
                spread(each),
                Cost.median(each).cpuMillis() / first));
        line("");
    }

    void polls(Map<Integer, List<Cost>> polls) {
        double first = Cost.median(polls.values().iterator().next()).cpuMillis();
        line("### A search without a result, by busy workers");
        line("");
        line("| busy workers | ms of CPU | range | times the first |");
        line("|---:|---:|---:|---:|");
        polls.forEach((busy, each) -> line(
                "| %,d | %.3f | %s | %.1f |",
                busy,
                Cost.median(each).cpuMillis(),
                spread(each),
                Cost.median(each).cpuMillis() / first));
        line("");
    }

    void validation(Measured real, Capacity simulated, double flush) {
        line("### The simulation and %d real workers", RealFleet.WORKLOAD.workers());
        line("");
        line("| | real | simulated | simulated : real |");
        line("|---|---:|---:|---:|");
        compared("cores in use", real.load(), simulated.load());
        compared("commits per second", real.commitsPerSecond(), simulated.commitsPerSecond());
        compared("KB of log per second", real.logBytesPerSecond() / 1024, simulated.logBytesPerSecond() / 1024);
        compared("jobs per second", real.jobsPerSecond(), simulated.jobsPerSecond());
        line("");
        line("A commit waits %.2f ms for the disk.", flush * 1e3);
        line("");
    }

    private void compared(String name, double real, double simulated) {
        line("| %s | %.2f | %.2f | %.2f |", name, real, simulated, simulated / real);
    }

    void capacities(Map<Operation, Cost> costs, double flush) {
        line("### What one server carries");
        line("");
        line(
                "| length of jobs | time between reports | cores | workers | jobs per second | first limit | CPU share: steps | CPU share: looking for tasks"
                        + " | CPU share: readers | commits per second | MB of log per second | time to look for a task, 95 %% | longest time between heartbeats |");
        line("|---|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|");
        for (Workload workload : List.of(
                Workload.TRAINING, Workload.TRAINING.reporting(1), Workload.DRAWING, Workload.DRAWING.reporting(1))) {
            for (int cores : List.of(2, 8)) {
                capacity(Capacity.most(costs, cores, flush, workload));
            }
        }
        line("");
    }

    private void capacity(Capacity most) {
        Workload workload = most.workload();
        line(
                "| %.0f s | %.2f s | %d | %d | %.1f | %s | %.0f %% | %.0f %% | %.0f %% | %.0f | %.1f | %.0f ms | %.1f s |",
                workload.jobSeconds(),
                workload.reportSeconds(),
                most.cores(),
                workload.workers(),
                most.jobsPerSecond(),
                most.next(),
                100 * most.progressShare(),
                100 * most.pollShare(),
                100 * most.readShare(),
                most.commitsPerSecond(),
                most.logBytesPerSecond() / (1 << 20),
                1e3 * most.poll(),
                most.silence());
    }

    private static double cpu(Map<Operation, List<Cost>> rounds, Operation operation) {
        return Cost.median(Objects.requireNonNull(rounds.get(operation))).cpuMillis();
    }

    private static String spread(List<Cost> rounds) {
        return String.format(
                Locale.ROOT,
                "%.3f–%.3f",
                rounds.stream().mapToDouble(Cost::cpuMillis).min().orElseThrow(),
                rounds.stream().mapToDouble(Cost::cpuMillis).max().orElseThrow());
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    void write() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(PAGE, page.substring(0, from) + "\n\n" + text + page.substring(page.indexOf(END)));
    }
}
