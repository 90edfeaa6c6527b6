package dev.likeness.diffusion.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Main memory according to Linux: that of the machine, or of this process's control group, if that is less (proc(5),
 * cgroups(7); both versions of control groups).
 */
public final class HostMemory {

    private static final int KIB = 1024;

    /** Version 1 expresses "no limit" as the largest number of whole pages. */
    private static final long NO_LIMIT = 1L << 60;

    private final Path proc;
    private final Path groups;

    public HostMemory() {
        this(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
    }

    /**
     * @param proc the kernel's folder of processes
     * @param groups the kernel's folder of control groups
     */
    HostMemory(Path proc, Path groups) {
        this.proc = proc;
        this.groups = groups;
    }

    /** Total bytes; empty if the kernel does not tell. */
    public OptionalLong total() {
        return least(
                field(proc.resolve("meminfo"), "MemTotal"), groups().stream().mapToLong(Group::limit));
    }

    /** Bytes that another allocation could get, including the caches that the kernel would free. */
    public OptionalLong available() {
        return least(
                field(proc.resolve("meminfo"), "MemAvailable"),
                groups().stream().mapToLong(Group::available));
    }

    private static OptionalLong least(OptionalLong ofMachine, LongStream ofGroup) {
        return LongStream.concat(ofMachine.stream(), ofGroup).min();
    }

    /** The anonymous resident memory of this process in bytes. */
    public long held() {
        return field(proc.resolve("self/status"), "RssAnon").orElse(0);
    }

    /**
     * How many processes the kernel has killed because of memory: in this process's control group, or on the machine if
     * the control group does not tell. The number never decreases.
     */
    public long kills() {
        return counting()
                .map(Group::kills)
                .orElseGet(() -> field(proc.resolve("vmstat"), "oom_kill"))
                .orElse(0);
    }

    /** Identifies the scope of {@link #kills}. Processes with equal scopes share the same count. */
    public String scope() {
        String boot = read(proc.resolve("sys/kernel/random/boot_id")).strip();
        return counting().map(it -> boot + " " + it.folder()).orElse(boot);
    }

    private Optional<Group> counting() {
        return groups().stream().filter(it -> it.kills().isPresent()).findFirst();
    }

    /**
     * This process's control group and the visible ones around it. A container often sees its own group as the root,
     * with any name outside.
     */
    private List<Group> groups() {
        return read(proc.resolve("self/cgroup"))
                .lines()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3)
                .filter(parts ->
                        parts[1].isEmpty() || List.of(parts[1].split(",")).contains("memory"))
                .flatMap(parts -> groups(parts[1].isEmpty(), parts[2].replaceFirst("^/+", "")))
                .filter(Group::counts)
                .toList();
    }

    private Stream<Group> groups(boolean unified, String path) {
        Path root = unified ? groups : groups.resolve("memory");
        return Stream.iterate(root.resolve(path), it -> it.startsWith(root), Path::getParent)
                .map(folder -> new Group(folder, unified));
    }

    /** The folder of one control group. */
    private record Group(Path folder, boolean unified) {

        boolean counts() {
            return Files.isReadable(folder.resolve(unified ? "memory.current" : "memory.usage_in_bytes"));
        }

        long limit() {
            long limit = number(folder.resolve(unified ? "memory.max" : "memory.limit_in_bytes"));
            return limit > NO_LIMIT ? Long.MAX_VALUE : limit;
        }

        /** Unused pages of files count as available, because the kernel frees them first. */
        long available() {
            long used = number(folder.resolve(unified ? "memory.current" : "memory.usage_in_bytes"));
            long files = field(folder.resolve("memory.stat"), unified ? "inactive_file" : "total_inactive_file")
                    .orElse(0);
            return limit() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, limit() - Math.max(0, used - files));
        }

        OptionalLong kills() {
            return field(folder.resolve(unified ? "memory.events" : "memory.oom_control"), "oom_kill");
        }

        private static long number(Path file) {
            String text = read(file).strip();
            return text.matches("\\d{1,19}") ? Long.parseUnsignedLong(text) : Long.MAX_VALUE;
        }
    }

    /** A line {@code name: 1 kB} or {@code name 1}, in bytes or as written. */
    private static OptionalLong field(Path file, String name) {
        Pattern line = Pattern.compile("^%s:?\\s+(\\d+)( kB)?$".formatted(Pattern.quote(name)));
        return read(file)
                .lines()
                .map(line::matcher)
                .filter(Matcher::matches)
                .mapToLong(found -> Long.parseLong(found.group(1)) * (found.group(2) == null ? 1 : KIB))
                .findFirst();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
