package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimulationTests {

    private final Simulation simulation = new Simulation();

    /** A queue with random arrivals and a fixed service time, by Pollaczek and Khinchine: rho / (2 (1 - rho)) of that time. */
    @Test
    void makesStatementsWaitAsLongAsTheorySays() {
        SimulatedServer server = server(1, 0, new Cost(10, 0, 0));
        Random random = new Random(3);
        List<Double> waits = new ArrayList<>();
        arrive(server, random, 0.0125, waits);
        simulation.run(5_000);

        assertThat(server.load()).isCloseTo(0.8, within(0.01));
        assertThat(waits.stream().mapToDouble(it -> it - 0.01).average().orElseThrow())
                .isCloseTo(0.01 * 0.8 / (2 * (1 - 0.8)), within(0.001));
    }

    private void arrive(SimulatedServer server, Random random, double every, List<Double> waits) {
        simulation.after(-Math.log(1 - random.nextDouble()) * every, () -> {
            double asked = simulation.now();
            server.execute(Operation.POLL, () -> waits.add(simulation.now() - asked));
            arrive(server, random, every, waits);
        });
    }

    @Test
    void flushesTheLogForAllThatWaitsAtOnce() {
        SimulatedServer server = server(100, 0.01, new Cost(1, 1, 1_000));
        List<Double> ends = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            server.execute(Operation.POLL, () -> ends.add(simulation.now()));
        }
        simulation.run(1);

        // The first alone, all others with the next flush.
        assertThat(ends).hasSize(50);
        assertThat(ends.get(0)).isCloseTo(0.011, within(1e-9));
        assertThat(ends.subList(1, 50)).allSatisfy(end -> assertThat(end).isCloseTo(0.021, within(1e-9)));
        assertThat(server.commitsPerSecond()).isCloseTo(50, within(1e-9));
        assertThat(server.logBytesPerSecond()).isCloseTo(50_000, within(1e-6));
    }

    @Test
    void letsAnIdleFleetDoNothingButAsk() {
        Capacity idle = Capacity.of(
                Map.of(Operation.POLL, new Cost(1, 0, 0)), 2, 0, new Workload(100, 1e-9, 300, 1, 1, 1, 1, 1, 1), 100);

        assertThat(idle.load()).isCloseTo(100 * 1e-3 / (Workload.POLL_SECONDS + 1e-3), within(0.01));
        assertThat(idle.pollShare()).isEqualTo(1);
        assertThat(idle.jobsPerSecond()).isZero();
    }

    @Test
    void keepsAsManyWorkersBusyAsSubmissionsSay() {
        Workload workload = new Workload(100, 0.5, 20, 1, 1, 1e9, 1e9, 1e9, 0);
        Capacity half = Capacity.of(
                Map.of(Operation.SIGNAL, new Cost(1, 0, 0), Operation.PROGRESS, new Cost(3, 1, 0)),
                8,
                0,
                workload,
                400);

        assertThat(half.jobsPerSecond()).isCloseTo(2.5, within(0.25));
        assertThat(half.load()).isCloseTo(0.5 * 100 * 4e-3, within(0.02));
        assertThat(half.progressShare()).isCloseTo(1, within(1e-9));
    }

    @Test
    void findsTheMostWorkersThatLeaveTheProcessorsTheirRoom() {
        Workload workload = new Workload(0, 0.5, 20, 1, 1, 1e9, 1e9, 1e9, 0);
        Capacity most = Capacity.most(Map.of(Operation.SIGNAL, new Cost(14, 0, 0)), 2, 0, workload);

        assertThat(most.next()).isEqualTo("processor");
        assertThat(most.workload().workers()).isBetween(160, 240);
    }

    private SimulatedServer server(int cores, double flush, Cost cost) {
        return new SimulatedServer(simulation, Map.of(Operation.POLL, cost), cores, flush);
    }
}
