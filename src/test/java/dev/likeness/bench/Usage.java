package dev.likeness.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What some processes have used so far, according to Linux (proc(5)).
 *
 * @param nanos on the wall's clock, from an arbitrary origin
 * @param cpuSeconds user and system time of all threads
 * @param minorFaults pages that the kernel mapped without reading a disk
 * @param machineCpuSeconds of everything that runs on the machine
 */
record Usage(long nanos, double cpuSeconds, long minorFaults, double machineCpuSeconds) {

    /** Linux reports times to programs in hundredths of a second on every architecture. */
    private static final double TICKS = 100;

    /** Numbers of the fields: of the process, and of its children that have ended. */
    private static final int[] MINOR_FAULTS = {10, 11};

    /** User and system time. */
    private static final int[] TIMES = {14, 15, 16, 17};

    private static final int KIB = 1024;

    /** Of this process. */
    static Usage now() {
        return of(List.of(ProcessHandle.current().pid()));
    }

    /** The sum over processes, with those of their children that have ended. */
    static Usage of(List<Long> pids) {
        double cpu = 0;
        long faults = 0;
        for (long pid : pids) {
            String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
            if (!stat.isEmpty()) {
                // The name, in brackets, can contain blanks.
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                faults += sum(fields, MINOR_FAULTS);
                cpu += sum(fields, TIMES) / TICKS;
            }
        }
        return new Usage(System.nanoTime(), cpu, faults, machine());
    }

    /** @param fields from the third on */
    private static long sum(String[] fields, int[] numbers) {
        return Arrays.stream(numbers)
                .mapToLong(number -> Long.parseLong(fields[number - 3]))
                .sum();
    }

    /** Time of all processors besides idling and waiting for disks; guests count as user time already. */
    private static double machine() {
        String[] fields =
                read(Path.of("/proc/stat")).lines().findFirst().orElse("").split("\\s+");
        return Arrays.stream(fields, 1, fields.length < 9 ? 1 : 9)
                                .mapToLong(Long::parseLong)
                                .sum()
                        / TICKS
                - (fields.length < 9 ? 0 : (Long.parseLong(fields[4]) + Long.parseLong(fields[5])) / TICKS);
    }

    /** The highest resident memory in bytes since the start or {@link #forgetPeak}; 0 if the process has ended. */
    static long peakResident(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .findFirst()
                .orElse(0);
    }

    /** Makes this process's present memory its peak. */
    static void forgetPeak() {
        try {
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
