package dev.likeness.app.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.likeness.app.outbound.TargetAddresses;
import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.app.picture.SamplePictures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures by URL. */
class PictureDownloadsTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final PictureLimits LIMITS = SampleUploads.SETTINGS.ofSubject();

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<PictureDownloads> opened = new ArrayList<>();
    private final TemporaryFiles files = new TemporaryFiles();
    private HttpServer server;
    private byte[] picture;

    @BeforeEach
    void setUp() throws IOException {
        picture = SamplePictures.read("rgb.png");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void tearDown() throws IOException {
        end.countDown();
        files.close();
        server.stop(0);
        for (PictureDownloads it : opened) {
            it.close();
        }
    }

    @Test
    void areFilesLikeThoseOfAForm() throws Exception {
        List<Upload> fetched = open(true, LONG).fetch(List.of(url("/a/my%20owl.png?token=s")), LIMITS, false, files);

        assertThat(fetched).hasSize(1);
        assertThat(fetched.get(0).fileName()).isEqualTo("my owl.png");
        assertThat(fetched.get(0).field()).isEqualTo("image_urls");
        try (InputStream in = fetched.get(0).content().open()) {
            assertThat(in.readAllBytes()).isEqualTo(picture);
        }
        assertThat(requests).containsExactly("GET /a/my%20owl.png?token=s");
    }

    @Test
    void mayBeOneArchive() throws Exception {
        byte[] owl = SamplePictures.read("rgb.jpg");
        picture = SampleArchives.zip(Map.of("1.png", owl, "2.png", owl, "3.png", owl));
        PictureSources sources = new PictureSources(open(true, LONG));

        try (SentPictures sent = sources.open(List.of(), List.of(url("/owl.zip")), LIMITS)) {
            assertThat(sent.pictures()).hasSize(3);
        }
    }

    /** A file of an archive, a caption, and the archive itself. */
    @Test
    void areNamedByTheirFieldInProblemsOfAnArchive() throws IOException {
        PictureSources sources = new PictureSources(open(true, LONG));
        for (byte[] archive : List.of(
                SampleArchives.zip(Map.of("../1.png", picture)),
                SampleArchives.zip(Map.of("1.png", picture, "2.txt", SampleArchives.text("a teapot"))),
                Arrays.copyOf(SampleArchives.zip(Map.of("1.png", picture)), 99))) {
            picture = archive;

            assertThatExceptionOfType(UnusablePicturesException.class)
                    .isThrownBy(() -> sources.open(List.of(), List.of(url("/owl.zip")), LIMITS))
                    .satisfies(it -> assertThat(it.problems())
                            .extracting(PictureProblem::field)
                            .containsExactly("image_urls"));
        }
    }

    @Test
    void mayHaveOtherLettersThanEnglishOnes() {
        open(true, LONG).fetch(List.of(url("/öwl.png")), LIMITS, false, files);

        assertThat(requests).containsExactly("GET /%C3%B6wl.png");
    }

    @Test
    void areDeletedWithTheRequest() {
        PictureSources sources = new PictureSources(open(true, LONG));
        List<Path> before = temporary();
        SentPictures sent = sources.open(List.of(), List.of(url("/1.png"), url("/2.png")), LIMITS);
        assertThat(temporary()).hasSizeGreaterThan(before.size());

        sent.close();

        assertThat(temporary()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void followRedirects() {
        assertThat(open(true, LONG).fetch(List.of(url("/redirect/3")), LIMITS, false, files))
                .hasSize(1);
        assertThat(requests).hasSize(4);
    }

    @Test
    void doNotFollowMoreRedirectsThanAllowed() {
        assertThat(problem(open(true, LONG), url("/redirect/4")).message())
                .endsWith("was redirected more than 3 times.");
    }

    @Test
    void doNotComeFromPrivateAddresses() {
        PictureProblem problem = problem(open(false, LONG), url("/1.png"));

        assertThat(requests).isEmpty();
        assertThat(problem.kind()).isEqualTo(Kind.NOT_FETCHED);
        assertThat(problem.field()).isEqualTo("image_urls");
        assertThat(problem.message()).contains("leads to an address that is not on the public internet");
    }

    /** The first host is public by name; the host that it redirects to is not. */
    @Test
    void doNotComeFromPrivateAddressesAfterARedirect() {
        TargetAddresses addresses = new TargetAddresses(false, host -> {
            // The address of this test's server, which only a public name may have here.
            InetAddress server = InetAddress.getLoopbackAddress();
            return new InetAddress[] {InetAddress.getByAddress(host, server.getAddress())};
        });
        TargetAddresses onlyFirst = new TargetAddresses(true, host -> {
            if (host.equals("public.example")) {
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
            }
            return addresses.resolve(host);
        });

        PictureProblem problem =
                problem(open(onlyFirst, LONG), "http://public.example:%d/to-private".formatted(port()));

        assertThat(requests).containsExactly("GET /to-private");
        assertThat(problem.message()).contains("leads to an address that is not on the public internet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/to/file:///etc/passwd", "/to/http://user@example.com/", "/to/gopher://example.com/"})
    void doNotFollowRedirectsToOtherSchemes(String path) {
        assertThat(problem(open(true, LONG), url(path)).message())
                .contains("was redirected to a URL that is not permitted");
        assertThat(requests).hasSize(1);
    }

    @Test
    void haveNoMoreBytesThanAPictureMayHave() {
        picture = new byte[100 * 1024 + 1];

        for (String path : List.of("/declared", "/chunked")) {
            PictureProblem problem = problem(open(true, LONG), url(path));

            assertThat(problem.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(problem.message()).endsWith("has more than the 0.1 MB allowed.");
        }
    }

    /** A server that sends more is left, whether it declares the size (0 for none) or not. */
    @ParameterizedTest
    @ValueSource(strings = {"/endless/0", "/endless/1000000000000"})
    void areNotReceivedFurtherThanThat(String path) {
        assertThat(problem(open(true, LONG), url(path)).kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void haveNoMoreBytesTogetherThanAnUploadMayHave() {
        picture = new byte[99 * 1024];
        List<String> urls = List.of(url("/1.png"), url("/2.png"), url("/3.png"), url("/4.png"));

        assertThat(problems(open(true, LONG), urls).get(0).message())
                .isEqualTo("The pictures have a total size of more than 0.2 MB.");
        assertThat(requests).hasSize(3);
    }

    @Test
    void areNotWaitedForLongerThanAllowed() {
        assertThat(problem(open(true, Duration.ofMillis(300)), url("/slow")).message())
                .contains("did not arrive in time");
    }

    @Test
    void areAllNamedIfTheyAreMissing() {
        List<PictureProblem> problems =
                problems(open(true, LONG), List.of(url("/404?secret=1"), url("/1.png"), url("/500")));

        assertThat(problems).extracting(PictureProblem::index).containsExactly(0, 2);
        assertThat(problems.get(0).message())
                .isEqualTo(url("/404")
                        + " was answered with status 404; send a URL that leads to the file without a login.");
    }

    @Test
    void areNotFetchedIfOneUrlIsWrong() {
        List<PictureProblem> problems = problems(open(true, LONG), List.of(url("/1.png"), "ftp://example.com/1.png"));

        assertThat(requests).isEmpty();
        assertThat(problems).extracting(PictureProblem::index).containsExactly(1);
        assertThat(problems.get(0).message())
                .isEqualTo("ftp://example.com/1.png must be an http or https URL with a host.");
    }

    private void send(OutputStream out) throws IOException {
        byte[] block = new byte[1 << 16];
        try (out) {
            while (end.getCount() > 0) {
                out.write(block);
            }
        } catch (IOException e) {
            // The client has left.
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        if (path.startsWith("/redirect/")) {
            int left = Integer.parseInt(path.substring("/redirect/".length()));
            redirect(exchange, left == 1 ? "/1.png" : "/redirect/" + (left - 1));
        } else if (path.startsWith("/to/")) {
            redirect(exchange, path.substring("/to/".length()));
        } else if (path.equals("/to-private")) {
            redirect(exchange, "http://private.example:%d/1.png".formatted(port()));
        } else if (path.startsWith("/endless/")) {
            exchange.sendResponseHeaders(200, Long.parseLong(path.substring("/endless/".length())));
            send(exchange.getResponseBody());
        } else if (path.equals("/404") || path.equals("/500")) {
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
        } else {
            exchange.sendResponseHeaders(200, path.equals("/chunked") ? 0 : picture.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(picture, 0, 100);
                if (path.equals("/slow")) {
                    out.flush();
                    await();
                }
                out.write(picture, 100, picture.length - 100);
            } catch (IOException e) {
                // The client has left.
            }
        }
        exchange.close();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private PictureProblem problem(PictureDownloads downloads, String url) {
        return problems(downloads, List.of(url)).get(0);
    }

    private List<PictureProblem> problems(PictureDownloads downloads, List<String> urls) {
        return catchThrowableOfType(UnusablePicturesException.class, () -> downloads.fetch(urls, LIMITS, false, files))
                .problems();
    }

    private PictureDownloads open(boolean allowPrivate, Duration timeout) {
        return open(new TargetAddresses(allowPrivate, InetAddress::getAllByName), timeout);
    }

    private PictureDownloads open(TargetAddresses addresses, Duration timeout) {
        ImageUrlSettings settings = new ImageUrlSettings(true, timeout, timeout.multipliedBy(10), 3, null);
        PictureDownloads downloads =
                new PictureDownloads(settings, SampleUploads.SETTINGS, addresses, SSLContexts.createDefault());
        opened.add(downloads);
        return downloads;
    }

    private static List<Path> temporary() {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(it -> it.getFileName().toString().startsWith("likeness-upload"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(port(), path);
    }

    private int port() {
        return server.getAddress().getPort();
    }
}
