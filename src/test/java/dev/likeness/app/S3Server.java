package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real S3 server with signatures and checksums: s3proxy on a folder, in a separate process, one for all tests of a
 * JVM. Maven copies its jar into the build folder.
 */
public final class S3Server {

    public static final String ACCESS_KEY = "likeness";
    public static final String SECRET_KEY = "not a secret";

    private static final Path JAR = Path.of("target/s3proxy/s3proxy.jar");

    private static final Pattern LISTENS = Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private static @Nullable S3Server running;

    private final Path folder;

    /** 0 before the first start: the system then chooses one, and the process says which. */
    private int port;

    private @Nullable Process process;

    private S3Server(Path folder) {
        this.folder = folder;
    }

    /** Starts the server at the first call. */
    public static synchronized S3Server get() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    private static S3Server start() {
        assertThat(JAR).as("run ./mvnw process-test-resources").exists();
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/s3proxy")), "server")
                    .toAbsolutePath();
            Files.createDirectory(folder.resolve("buckets"));
            S3Server server = new S3Server(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
            server.open();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the process. Objects stored earlier are available again, at the same address. */
    public void open() {
        try {
            Path log = Files.createTempFile(folder, "", ".log");
            Files.write(
                    folder.resolve("s3proxy.conf"),
                    List.of(
                            "s3proxy.endpoint=http://127.0.0.1:" + port,
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.identity=" + ACCESS_KEY,
                            "s3proxy.credential=" + SECRET_KEY,
                            "jclouds.provider=filesystem-nio2",
                            "jclouds.filesystem.basedir=" + folder.resolve("buckets")));
            Process started = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            JAR.toString(),
                            "--properties",
                            folder.resolve("s3proxy.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process = started;
            await().until(() -> !started.isAlive() || listening(log).isPresent());
            port = listening(log).orElseThrow(() -> new IllegalStateException("s3proxy ended; its log is " + log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another process may listen at an address of ours for a moment, so only the process's own word counts. */
    private static Optional<Integer> listening(Path log) throws IOException {
        return LISTENS.matcher(Files.readString(log))
                .results()
                .map(it -> Integer.valueOf(it.group(1)))
                .findFirst();
    }

    /** Like {@code kill -9}. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Creates a bucket and returns its name. */
    public String bucket() {
        String name = "likeness-" + UUID.randomUUID();
        try {
            Files.createDirectory(folder(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    /** The folder of a bucket's objects. */
    public Path folder(String bucket) {
        return folder.resolve("buckets").resolve(bucket);
    }

    /** Names of a bucket's objects. An object that is deleted meanwhile can be among them or not. */
    public Set<String> objects(String bucket) {
        Set<String> names = new TreeSet<>();
        try {
            Files.walkFileTree(folder(bucket), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    names.add(folder(bucket).relativize(file).toString());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
