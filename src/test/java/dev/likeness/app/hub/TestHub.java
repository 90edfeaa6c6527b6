package dev.likeness.app.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Behaves like the Hugging Face Hub: small files come from it, large ones from another host that it redirects to, and files
 * have the headers that the hub gives them.
 */
public final class TestHub implements AutoCloseable {

    private static final String SECRET_LINK = "Signature=secret";

    /** Whether the list of files tells their sizes and hashes. */
    boolean tellsSizes = true;

    /** The required token; other calls are refused. Null requires no token. */
    @Nullable
    String token;

    /** What is said to whom is refused. */
    @Nullable
    String errorCode;

    int refusal = 401;

    private final HttpServer hub;
    private final HttpServer cdn;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> commits = new ConcurrentHashMap<>();
    private final Map<String, Map<String, byte[]>> files = new ConcurrentHashMap<>();
    private final List<Asked> requests = new CopyOnWriteArrayList<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    /** A request as it came. */
    public record Asked(String host, String method, String path, Map<String, String> headers) {

        /** Whether the bytes of a file were asked for, from any on. */
        boolean gets(String file) {
            return method.equals("GET") && path.endsWith(file);
        }

        /** Whether only some bytes of a file's beginning were asked for. */
        boolean isOfHeader() {
            return headers.getOrDefault("Range", "").matches("bytes=\\d+-\\d+");
        }
    }

    /** What goes wrong once. */
    private record Fault(Predicate<Asked> when, Trouble trouble) {}

    interface Trouble {
        /** @return whether the exchange is over */
        boolean happen(HttpExchange exchange, byte[] bytes) throws IOException;
    }

    /** Starts both hosts. */
    public TestHub() {
        hub = start();
        cdn = start();
        hub.createContext("/", exchange -> serve("hub", exchange, this::answer));
        cdn.createContext("/", exchange -> serve("cdn", exchange, this::answerFromCdn));
    }

    private HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that may not be asked. */
    public static Hub offline(Path cache) {
        return new Hub(new HubSettings(URI.create("http://127.0.0.1:9"), null, true, cache));
    }

    /** One that asks this. */
    public Hub hub(Path cache) {
        return new Hub(settings(cache, null));
    }

    HubSettings settings(Path cache, @Nullable String token) {
        return new HubSettings(endpoint(), token, false, cache);
    }

    /** Where it is. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:%d".formatted(hub.getAddress().getPort()));
    }

    /** The hash of a commit. */
    public static String commit(int number) {
        return "%040x".formatted(number);
    }

    /** A branch is at a commit now, which has these files. */
    public void publish(String repository, String branch, String commit, Map<String, byte[]> contents) {
        commits.put(repository + "@" + branch, commit);
        files.put(repository + "@" + commit, contents);
    }

    /** All files of a folder, by their paths in the repository. */
    public static Map<String, byte[]> filesOf(Path folder, String prefix) {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(prefix + folder.relativize(file), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    /** All requests so far. */
    public List<Asked> requests() {
        return requests;
    }

    /** Goes wrong the next time that such a file is asked for. */
    void trouble(String host, String file, Trouble trouble) {
        faults.add(new Fault(asked -> asked.host().equals(host) && asked.gets(file) && !asked.isOfHeader(), trouble));
    }

    static Trouble status(int status, String... headers) {
        return (exchange, bytes) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            return true;
        };
    }

    /** The connection ends after so many bytes. */
    static Trouble truncation(int after) {
        return (exchange, bytes) -> {
            exchange.getResponseHeaders().set("ETag", "\"" + sha256(bytes) + "\"");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, after);
            exchange.getResponseBody().flush();
            return true;
        };
    }

    /** A byte is another one. */
    static Trouble corruption() {
        return (exchange, bytes) -> {
            bytes[bytes.length / 2] ^= 1;
            return false;
        };
    }

    private interface Handler {
        void handle(Asked asked, HttpExchange exchange) throws IOException;
    }

    private void serve(String host, HttpExchange exchange, Handler handler) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        Asked asked = new Asked(
                host, exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), headers);
        requests.add(asked);
        try {
            handler.handle(asked, exchange);
        } finally {
            exchange.close();
        }
    }

    private void answer(Asked asked, HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        if (token != null && !("Bearer " + token).equals(asked.headers().get("Authorization"))) {
            if (errorCode != null) {
                headers.set("X-Error-Code", errorCode);
            }
            exchange.sendResponseHeaders(refusal, -1);
            return;
        }
        String[] parts = asked.path().split("/", 6);
        if (parts[1].equals("api")) {
            list(asked.path(), exchange);
            return;
        }
        // /OWNER/NAME/resolve/COMMIT/FILE
        String commit = parts[4];
        byte[] bytes = files.getOrDefault(parts[1] + "/" + parts[2] + "@" + commit, Map.of())
                .get(parts[5]);
        if (bytes == null) {
            headers.set("X-Error-Code", "EntryNotFound");
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        headers.set("X-Repo-Commit", commit);
        if (isLarge(parts[5])) {
            headers.set("X-Linked-Size", Integer.toString(bytes.length));
            headers.set("X-Linked-ETag", "\"" + sha256(bytes) + "\"");
            headers.set(
                    "Location",
                    "http://127.0.0.1:%d/%s/%s?%s"
                            .formatted(cdn.getAddress().getPort(), sha256(bytes), parts[5], SECRET_LINK));
            if (!befell(asked, exchange, bytes)) {
                exchange.sendResponseHeaders(302, -1);
            }
            return;
        }
        send(asked, exchange, bytes.clone(), git(bytes));
    }

    private void list(String path, HttpExchange exchange) throws IOException {
        // /api/models/OWNER/NAME/revision/REVISION
        String[] parts = path.split("/");
        String repository = parts[3] + "/" + parts[4];
        String revision = URLDecoder.decode(parts[6], StandardCharsets.UTF_8);
        String commit = commits.getOrDefault(repository + "@" + revision, revision);
        Map<String, byte[]> contents = files.get(repository + "@" + commit);
        if (contents == null) {
            exchange.getResponseHeaders().set("X-Error-Code", "RepoNotFound");
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        ObjectNode json =
                JsonMapper.shared().createObjectNode().put("id", repository).put("sha", commit);
        ArrayNode siblings = json.putArray("siblings");
        contents.forEach((file, bytes) -> {
            ObjectNode sibling = siblings.addObject().put("rfilename", file);
            if (tellsSizes) {
                sibling.put("size", bytes.length).put("blobId", git(bytes));
                if (isLarge(file)) {
                    sibling.putObject("lfs").put("sha256", sha256(bytes)).put("size", bytes.length);
                }
            }
        });
        byte[] body = JsonMapper.shared().writeValueAsBytes(json);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void answerFromCdn(Asked asked, HttpExchange exchange) throws IOException {
        String hash = asked.path().split("/")[1];
        byte[] bytes = files.values().stream()
                .flatMap(contents -> contents.values().stream())
                .filter(it -> sha256(it).equals(hash))
                .findFirst()
                .orElseThrow();
        send(asked, exchange, bytes.clone(), hash);
    }

    private void send(Asked asked, HttpExchange exchange, byte[] bytes, String tag) throws IOException {
        if (befell(asked, exchange, bytes)) {
            return;
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("ETag", "\"" + tag + "\"");
        if (asked.method().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        String range = asked.headers().get("Range");
        String condition = asked.headers().get("If-Range");
        if (range == null || condition != null && !condition.equals("\"" + tag + "\"")) {
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            return;
        }
        String[] bounds = range.replace("bytes=", "").split("-");
        int from = Integer.parseInt(bounds[0]);
        int to = bounds.length > 1 ? Math.min(Integer.parseInt(bounds[1]), bytes.length - 1) : bytes.length - 1;
        if (from > to) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        headers.set("Content-Range", "bytes %d-%d/%d".formatted(from, to, bytes.length));
        exchange.sendResponseHeaders(206, to - from + 1);
        exchange.getResponseBody().write(bytes, from, to - from + 1);
    }

    private boolean befell(Asked asked, HttpExchange exchange, byte[] bytes) throws IOException {
        for (Fault fault : new ArrayList<>(faults)) {
            if (fault.when().test(asked)) {
                faults.remove(fault);
                return fault.trouble().happen(exchange, bytes);
            }
        }
        return false;
    }

    private static boolean isLarge(String file) {
        return file.endsWith(".safetensors") || file.endsWith(".bin");
    }

    static String sha256(byte[] bytes) {
        return hash("SHA-256", bytes);
    }

    private static String git(byte[] bytes) {
        byte[] header = "blob %d\0".formatted(bytes.length).getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[header.length + bytes.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);
        return hash("SHA-1", all);
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        cdn.stop(0);
        threads.shutdownNow();
    }
}
