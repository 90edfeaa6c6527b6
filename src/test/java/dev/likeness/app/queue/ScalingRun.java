package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.task.Execution;
import dev.likeness.app.Api;
import dev.likeness.app.TestHome;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.JobEventFeed;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.task.Lease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How many workers one PostgreSQL carries: measures what each operation costs the server, and has a simulation with these
 * costs say where it ends. The simulation is held against real workers, as many as this machine bears. Writes the
 * documentation's tables.
 */
@Tag("scaling")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "likeness.home=" + TestHome.QUEUE,
            "likeness.role=api",
            "likeness.webhooks.poll-interval=1d",
            "likeness.security.limits.requests-per-minute=0",
            "spring.datasource.hikari.maximum-pool-size=80",
            "logging.level.com.github.kagkarlsson.scheduler=warn"
        })
@Import({TestWorker.class, Api.class})
class ScalingRun {

    private static final int ROUNDS = 3;
    private static final int WAITING = 10_000;
    private static final int BUSY = 1_000;
    private static final int WATCHED = 50;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JobProgress progress;

    @Autowired
    JobEventFeed history;

    @Autowired
    QueueConsumers consumers;

    @Autowired
    DataSource dataSource;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager manager;

    private final ScalingPage page = new ScalingPage();
    private TransactionTemplate transactions;
    private QueueWork work;
    private ServerMeter meter;
    private UUID subject;

    @BeforeEach
    void prepare() throws IOException {
        worker.clear();
        transactions = new TransactionTemplate(manager);
        work = new QueueWork(api, worker, progress, history, dataSource, transactions);
        meter = new ServerMeter(jdbc, TestHome.path(TestHome.QUEUE));
        subject = work.subject();
    }

    @Test
    void saysHowManyWorkersOneDatabaseCarries() throws Exception {
        measure(new EnumMap<>(Operation.class));
        Map<Operation, List<Cost>> rounds = new EnumMap<>(Operation.class);
        Map<Crowd, List<Cost>> claims = new LinkedHashMap<>();
        Map<Integer, List<Cost>> polls = new LinkedHashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            measure(rounds);
            for (int claimers : List.of(1, 8, 32, 64)) {
                for (int waiting : List.of(100, WAITING)) {
                    add(claims, new Crowd(claimers, waiting), claim(claimers, waiting));
                }
            }
            for (int busy : List.of(0, 100, BUSY)) {
                add(polls, busy, poll(busy));
            }
        }
        rounds.put(Operation.POLL, Objects.requireNonNull(polls.get(BUSY)));
        rounds.put(Operation.CLAIM, Objects.requireNonNull(claims.get(new Crowd(8, WAITING))));
        page.costs(rounds);
        page.claims(claims);
        page.polls(polls);
        double flush = flushSeconds();
        Map<Operation, Cost> costs = new EnumMap<>(Operation.class);
        rounds.forEach((operation, each) -> costs.put(operation, Cost.median(each)));
        RealFleet real = new RealFleet(jdbc, work, consumers, progress, meter);
        Map<Operation, Cost> workersAlone = new EnumMap<>(costs);
        workersAlone.keySet().removeAll(List.of(Operation.SUBMIT, Operation.ANNOUNCE));
        page.validation(real.run(subject), Capacity.of(workersAlone, 2, flush, RealFleet.WORKLOAD, 30), flush);
        page.capacities(costs, flush);
        page.write();

        assertThat(costs).hasSize(Operation.values().length);
    }

    private void measure(Map<Operation, List<Cost>> rounds) {
        worker.clear();
        work.queue(0, BUSY);
        List<UUID> jobs = new ArrayList<>();
        add(rounds, Operation.SUBMIT, cost(100, i -> jobs.add(work.submit(subject))));
        List<Execution> claimed = Stream.generate(work::claim)
                .limit(jobs.size())
                .flatMap(List::stream)
                .toList();
        List<Lease> leases = new ArrayList<>();
        add(rounds, Operation.LEASE, cost(100, i -> leases.add(work.lease(jobs.get(i)))));
        Lease lease = leases.get(0);
        add(rounds, Operation.PHASE, cost(200, i -> work.phase(lease)));
        add(rounds, Operation.SIGNAL, cost(2_000, i -> work.ask(lease)));
        add(rounds, Operation.PROGRESS, cost(500, i -> work.report(lease, i)));
        add(rounds, Operation.CHECKPOINT, cost(100, i -> work.checkpoint(lease, i)));
        add(rounds, Operation.IMAGE, cost(100, i -> work.image(leases.get(i), 0)));
        add(rounds, Operation.HEARTBEAT, cost(500, i -> work.heartbeat(claimed.get(0))));
        add(rounds, Operation.DEAD, cost(2_000, i -> work.lookForDeadWorkers()));
        add(rounds, Operation.ANNOUNCE, cost(300, i -> work.announce()));
        add(rounds, Operation.STATUS, cost(60, i -> work.status(jobs.get(0))));
        add(rounds, Operation.EVENTS, each(WATCHED, cost(100, i -> work.watch(jobs.subList(0, WATCHED)))));
        Map<UUID, Execution> byJob = new LinkedHashMap<>();
        claimed.forEach(it -> byJob.put(UUID.fromString(it.taskInstance.getId()), it));
        add(rounds, Operation.FINISH, cost(100, i -> {
            Execution execution = Objects.requireNonNull(byJob.get(jobs.get(i)));
            work.finish(leases.get(i), execution);
        }));
        UUID waiting = work.submit(subject);
        work.jobs(waiting, WAITING);
        add(rounds, Operation.WAITING_STATUS, cost(30, i -> work.status(waiting)));
        worker.clear();
    }

    private Cost cost(int times, IntConsumer operation) {
        ServerMeter.Reading before = meter.read();
        IntStream.range(0, times).forEach(operation);
        return meter.since(before, times);
    }

    private static Cost each(int of, Cost cost) {
        return new Cost(cost.cpuMillis() / of, cost.commits() / of, cost.logBytes() / of);
    }

    private static <K> void add(Map<K, List<Cost>> rounds, K of, Cost cost) {
        rounds.computeIfAbsent(of, it -> new ArrayList<>()).add(cost);
    }

    private Cost poll(int busy) {
        work.queue(0, busy);
        return cost(1_000, i -> assertThat(work.claim()).isEmpty());
    }

    /** So many at once, each one task after the other. */
    private Cost claim(int claimers, int waiting) throws Exception {
        int wanted = Math.min(waiting, 640);
        work.queue(waiting, BUSY);
        ExecutorService threads = Executors.newFixedThreadPool(claimers);
        try {
            AtomicInteger left = new AtomicInteger(wanted);
            AtomicInteger got = new AtomicInteger();
            Callable<Void> claimer = () -> {
                while (left.getAndDecrement() > 0) {
                    got.addAndGet(work.claim().size());
                }
                return null;
            };
            ServerMeter.Reading before = meter.read();
            for (Future<Void> each : threads.invokeAll(
                    Stream.generate(() -> claimer).limit(claimers).toList())) {
                each.get();
            }
            Cost cost = meter.since(before, got.get());
            assertThat(got).hasValueGreaterThan(wanted * 9 / 10);
            return cost;
        } finally {
            threads.shutdownNow();
        }
    }

    /** How long a commit waits for the disk. */
    private double flushSeconds() {
        return median(() -> commit("on")) - median(() -> commit("off"));
    }

    private double median(Runnable operation) {
        return IntStream.range(0, 200)
                .mapToDouble(i -> {
                    long start = System.nanoTime();
                    operation.run();
                    return (System.nanoTime() - start) / 1e9;
                })
                .sorted()
                .skip(100)
                .findFirst()
                .orElseThrow();
    }

    private void commit(String synchronous) {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("set local synchronous_commit = " + synchronous).update();
            jdbc.sql("select pg_logical_emit_message(true, 'scaling', 'x')::text")
                    .query(String.class)
                    .single();
        });
    }

    /** So many claimers at once before so many waiting tasks. */
    record Crowd(int claimers, int waiting) {}
}
