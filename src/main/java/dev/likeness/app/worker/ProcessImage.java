package dev.likeness.app.worker;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The program that this process runs, on Linux. execve(2) restarts it in place: the process id, the parent, signals and
 * pipes stay the same.
 */
final class ProcessImage {

    private static final Path SELF = Path.of("/proc/self");

    private static final int F_SETFD = 2;

    private static final int FD_CLOEXEC = 1;

    private static final int LAST_STANDARD_STREAM = 2;

    private ProcessImage() {}

    /**
     * Restarts the same program with the same arguments and another environment. No shutdown hook runs. The method
     * returns only by an exception.
     *
     * @param changes variables of the environment, which replace those with the same names
     * @throws IOException if the system refuses, and the process continues unchanged
     */
    static void restart(Map<String, String> changes) throws IOException {
        String program = Files.readSymbolicLink(SELF.resolve("exe")).toString();
        List<String> environment = changed(strings("environ"), changes);
        try {
            // Each byte is one character, whatever the encoding of arguments is.
            LibC c = Native.load("c", LibC.class, Map.of(Library.OPTION_STRING_ENCODING, "ISO-8859-1"));
            closeOthersAtRestart(c);
            c.execve(program, strings("cmdline").toArray(String[]::new), environment.toArray(String[]::new));
            throw new IOException("execve fails with error " + Native.getLastError());
        } catch (LinkageError e) {
            // JNA's first use fails with UnsatisfiedLinkError, and each later one with NoClassDefFoundError.
            throw new IOException("the C library cannot be called", e);
        }
    }

    /** Programs differ in which of two variables of one name they read, so each name occurs once. */
    static List<String> changed(List<String> environment, Map<String, String> changes) {
        List<String> changed = new ArrayList<>(environment);
        changed.removeIf(variable -> changes.keySet().stream().anyMatch(name -> variable.startsWith(name + "=")));
        changes.forEach((name, value) -> changed.add(name + "=" + value));
        return changed;
    }

    /** In the kernel's format: each ends with a null byte. */
    private static List<String> strings(String file) throws IOException {
        String all = Files.readString(SELF.resolve(file), StandardCharsets.ISO_8859_1);
        return all.isEmpty()
                ? List.of()
                : List.of(all.substring(0, all.length() - 1).split("\0", -1));
    }

    /** Marks other files for closing, because they would otherwise stay open without an owner. */
    private static void closeOthersAtRestart(LibC c) throws IOException {
        try (Stream<Path> open = Files.list(SELF.resolve("fd"))) {
            open.map(fd -> Integer.parseInt(fd.getFileName().toString()))
                    .filter(fd -> fd > LAST_STANDARD_STREAM)
                    .forEach(fd -> c.fcntl(fd, F_SETFD, FD_CLOEXEC));
        }
    }

    /** Functions of the C library, by their names there. */
    interface LibC extends Library {

        @SuppressWarnings("UnusedReturnValue")
        int fcntl(int fd, int command, Object... argument);

        @SuppressWarnings("UnusedReturnValue")
        int execve(String program, String[] arguments, String[] environment);
    }
}
