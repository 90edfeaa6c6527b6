package dev.likeness.diffusion.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTests {

    private static final long GIB = 1L << 30;

    @TempDir
    private Path root;

    private HostMemory memory;

    @BeforeEach
    void aMachineOfSixteenGibibytes() throws IOException {
        memory = new HostMemory(root.resolve("proc"), root.resolve("groups"));
        proc("meminfo", "MemTotal:       16777216 kB\nMemFree:          524288 kB\nMemAvailable:   10485760 kB\n");
        proc("self/status", "Name:\tjava\nVmRSS:\t 3145728 kB\nRssAnon:\t 2097152 kB\nRssFile:\t 1048576 kB\n");
        proc("vmstat", "oom_kill_disabled 9\noom_kill 5\n");
        proc("sys/kernel/random/boot_id", "a-boot\n");
        proc("self/cgroup", "0::/\n");
    }

    @Test
    void isTheMachinesWhereNothingLimitsIt() {
        assertThat(memory.total()).hasValue(16 * GIB);
        assertThat(memory.available()).hasValue(10 * GIB);
        assertThat(memory.held()).isEqualTo(2 * GIB);
        assertThat(memory.kills()).isEqualTo(5);
        assertThat(memory.scope()).isEqualTo("a-boot");
    }

    @Test
    void isUnknownWhereTheKernelDoesNotTell() {
        HostMemory none = new HostMemory(root.resolve("no"), root.resolve("no"));

        assertThat(none.total()).isEmpty();
        assertThat(none.available()).isEmpty();
        assertThat(none.held()).isZero();
        assertThat(none.kills()).isZero();
    }

    @Test
    void readsARealMachine() {
        HostMemory real = new HostMemory();

        assertThat(real.total().orElseThrow()).isGreaterThan(GIB);
        assertThat(real.available().orElseThrow())
                .isPositive()
                .isLessThan(real.total().orElseThrow());
        assertThat(real.held()).isBetween(1L << 20, real.total().orElseThrow());
        assertThat(real.scope()).isNotBlank().isEqualTo(new HostMemory().scope());
    }

    @Nested
    class InAUnifiedGroup {

        @BeforeEach
        void ofEightGibibytes() throws IOException {
            proc("self/cgroup", "0::/services/worker\n");
            group("services/worker/memory.max", 8 * GIB + "\n");
            group("services/worker/memory.current", 5 * GIB + "\n");
            group("services/worker/memory.stat", "anon 1\ninactive_file %d\n".formatted(2 * GIB));
            group("services/worker/memory.events", "low 0\noom 3\noom_kill 2\noom_group_kill 0\n");
        }

        @Test
        void isWhatItsLimitLeaves() {
            assertThat(memory.total()).hasValue(8 * GIB);
            assertThat(memory.available()).hasValue((8 - (5 - 2)) * GIB);
        }

        @Test
        void countsTheKillsOfTheGroup() {
            assertThat(memory.kills()).isEqualTo(2);
            assertThat(memory.scope()).startsWith("a-boot ").endsWith("/services/worker");
        }

        @Test
        void isWhatTheTightestGroupAroundLeaves() throws IOException {
            group("services/memory.max", 6 * GIB + "\n");
            group("services/memory.current", 5 * GIB + "\n");

            assertThat(memory.total()).hasValue(6 * GIB);
            assertThat(memory.available()).hasValue(GIB);
        }

        @Test
        void mayHaveNoLimit() throws IOException {
            group("services/worker/memory.max", "max\n");

            assertThat(memory.total()).hasValue(16 * GIB);
            assertThat(memory.available()).hasValue(10 * GIB);
        }

        @Test
        void mayBeTheRootOfWhatAContainerSees() throws IOException {
            proc("self/cgroup", "0::/kubepods/pod1/container1\n");
            group("memory.max", 4 * GIB + "\n");
            group("memory.current", GIB + "\n");

            assertThat(memory.total()).hasValue(4 * GIB);
            assertThat(memory.available()).hasValue(3 * GIB);
        }
    }

    @Nested
    class InAGroupOfTheFirstVersion {

        @BeforeEach
        void ofEightGibibytes() throws IOException {
            proc("self/cgroup", "5:cpu,cpuacct:/\n4:memory:/worker\n0::/\n");
            group("memory/worker/memory.limit_in_bytes", 8 * GIB + "\n");
            group("memory/worker/memory.usage_in_bytes", 5 * GIB + "\n");
            group("memory/worker/memory.stat", "inactive_file 7\ntotal_inactive_file %d\n".formatted(2 * GIB));
            group("memory/worker/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n");
        }

        @Test
        void isWhatItsLimitLeaves() {
            assertThat(memory.total()).hasValue(8 * GIB);
            assertThat(memory.available()).hasValue(5 * GIB);
            assertThat(memory.kills()).isEqualTo(4);
        }

        @Test
        void mayHaveNoLimit() throws IOException {
            group("memory/worker/memory.limit_in_bytes", "9223372036854771712\n");

            assertThat(memory.total()).hasValue(16 * GIB);
            assertThat(memory.available()).hasValue(10 * GIB);
        }
    }

    private void proc(String file, String content) throws IOException {
        write(root.resolve("proc").resolve(file), content);
    }

    private void group(String file, String content) throws IOException {
        write(root.resolve("groups").resolve(file), content);
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
