package dev.likeness.app.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the server's commands without root privileges, because they refuse to run as root.
 *
 * @param prefix of each command; empty for an ordinary user
 * @param owner the required owner of the server's files; empty if this process's user can own them
 */
record PrivilegeDrop(List<String> prefix, String owner) {

    private static final String NOBODY = "65534";

    private static final List<String> USER_NAMESPACE = List.of("unshare", "-U", "--");

    private static final List<String> OTHER_USER =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");

    private static final PrivilegeDrop NONE = new PrivilegeDrop(List.of(), "");

    /**
     * Selects the method that works here. In a separate user namespace, root is an unprivileged user inside and root
     * outside, so the files keep their owner. If namespaces are forbidden, it changes to an unprivileged user, which
     * must be able to reach the directory.
     */
    static PrivilegeDrop to(Path directory) {
        if (!isRoot()) {
            return NONE;
        }
        if (Commands.succeeds("unshare", "-U", "--", "true")) {
            return new PrivilegeDrop(USER_NAMESPACE, "");
        }
        return toOtherUser(directory);
    }

    static PrivilegeDrop toOtherUser(Path directory) {
        PrivilegeDrop otherUser = new PrivilegeDrop(OTHER_USER, NOBODY + ":" + NOBODY);
        if (Commands.succeeds(
                otherUser.wrap(List.of("test", "-x", directory.toString())).toArray(String[]::new))) {
            return otherUser;
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL does not run as root. Here root cannot open a user namespace (unshare -U), and"
                        + " another user cannot enter " + directory,
                "start as another user, allow user namespaces, choose a likeness.home that every user can reach, or "
                        + EmbeddedPostgresException.USE_A_SERVER);
    }

    List<String> wrap(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /** Changes the owner of a file or directory to the server's user. */
    void giveAway(Path path) throws IOException {
        if (!owner.isEmpty()) {
            Commands.run(Duration.ofSeconds(10), List.of("chown", owner, path.toString()));
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
