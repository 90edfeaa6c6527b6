package dev.likeness.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubTests {

    private static final String ID = "acme/tiny";
    private static final Repository MODEL = Repository.model(ID, null, null);
    private static final Path FOLDER = Path.of("src/test/resources/goldens/tiny-sd1/model");
    private static final String UNET = "unet/diffusion_pytorch_model.safetensors";
    private static final String COMMIT = TestHub.commit(1);

    @TempDir
    Path cache;

    private final TestHub server = new TestHub();
    private final Waits waits = new Waits();

    /** Records the waiting times. */
    private static final class Waits implements Pause {

        private Duration total = Duration.ZERO;

        @Override
        public void sleep(Duration duration) {
            total = total.plus(duration);
        }
    }

    @BeforeEach
    void publish() {
        server.publish(ID, "main", COMMIT, files());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = TestHub.filesOf(FOLDER, "");
        files.put("README.md", new byte[] {'#'});
        files.put("unet/diffusion_pytorch_model.bin", new byte[100]);
        files.put("safety_checker/model.safetensors", new byte[100]);
        return files;
    }

    private Hub hub() {
        return hub(null);
    }

    private Hub hub(@Nullable String token) {
        return new Hub(server.settings(cache, token), waits, folder -> Long.MAX_VALUE);
    }

    private Snapshot whole() {
        return hub().whole(MODEL, DownloadWatch.NONE);
    }

    private long requests(String file) {
        return server.requests().stream()
                .filter(it -> it.host().equals("cdn") && it.gets(file) && !it.isOfHeader())
                .count();
    }

    @Nested
    class Downloading {

        @Test
        void makesTheSameFolderOfWhatIsNeeded() {
            Snapshot snapshot = whole();

            assertThat(snapshot)
                    .isEqualTo(new Snapshot(COMMIT, cache.resolve(ID).resolve(COMMIT), true));
            assertSame(snapshot.folder(), FOLDER);
            assertThat(server.requests())
                    .noneMatch(it -> it.path().contains("README") || it.path().contains("safety"));
        }

        @Test
        void happensOnce() {
            whole();
            int asked = server.requests().size();

            assertThat(whole().isWhole()).isTrue();
            assertThat(server.requests()).hasSize(asked);
        }

        @Test
        void fetchesOnlyHeadersOfWeightsForTheOutline() {
            Snapshot outline = hub().outline(MODEL, DownloadWatch.NONE);

            assertThat(outline.isWhole()).isFalse();
            assertThat(outline.folder().resolve("unet/config.json"))
                    .hasSameBinaryContentAs(FOLDER.resolve("unet/config.json"));
            assertThat(outline.folder().resolve(UNET)).doesNotExist();
            assertThat(outline.folder().resolve(UNET + Snapshot.HEADER))
                    .content()
                    .contains("conv_in.weight");
            assertThat(requests(UNET)).isZero();
        }

        @Test
        void fetchesNothingAgainForTheWhole() {
            hub().outline(MODEL, DownloadWatch.NONE);
            whole();

            assertThat(server.requests().stream().filter(it -> it.gets("unet/config.json")))
                    .hasSize(1);
            assertThat(server.requests().stream().filter(it -> it.path().startsWith("/api/")))
                    .hasSize(1);
            assertThat(requests(UNET)).isEqualTo(1);
        }

        @Test
        void asksForSizesThatTheListDoesNotTell() {
            server.tellsSizes = false;

            assertSame(whole().folder(), FOLDER);
            assertThat(server.requests())
                    .anyMatch(it -> it.method().equals("HEAD") && it.path().endsWith(UNET));
        }

        @Test
        void tellsHowFarItIs() {
            List<Long> reached = new ArrayList<>();
            hub().whole(MODEL, new DownloadWatch() {
                @Override
                public void progress(String repository, long bytes, long total) {
                    assertThat(repository).isEqualTo(ID);
                    assertThat(total).isEqualTo(weights());
                    reached.add(bytes);
                }
            });

            assertThat(reached).isSorted().hasSizeGreaterThan(2).endsWith(weights());
        }

        @Test
        void stopsWhenItIsToldToAndGoesOnLater() {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> hub().whole(MODEL, new DownloadWatch() {
                        @Override
                        public void progress(String repository, long bytes, long total) {
                            throw new IllegalStateException("enough");
                        }
                    }));
            assertThat(hub().present(MODEL))
                    .hasValueSatisfying(it -> assertThat(it.isWhole()).isFalse());

            assertSame(whole().folder(), FOLDER);
        }
    }

    @Nested
    class Trouble {

        @Test
        void isFollowedByGoingOnWhereItBrokeOff() {
            hub().outline(MODEL, DownloadWatch.NONE);
            server.trouble("cdn", UNET, TestHub.truncation(100_000));

            assertSame(whole().folder(), FOLDER);

            List<TestHub.Asked> asked = unetFromCdn();
            assertThat(asked.get(asked.size() - 1).headers())
                    .containsEntry("Range", "bytes=100000-")
                    .containsEntry("If-Range", "\"" + TestHub.sha256(read(FOLDER.resolve(UNET))) + "\"");
            assertThat(waits.total).isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void isFollowedByBeginningAnewWhereTheFileIsAnother() throws IOException {
            hub().outline(MODEL, DownloadWatch.NONE);
            Path draft = cache.resolve(ID).resolve(".%s.part".formatted(COMMIT)).resolve(UNET + ".incomplete");
            Files.createDirectories(draft.getParent());
            byte[] bytes = read(FOLDER.resolve(UNET));
            Files.write(draft, Arrays.copyOf(bytes, 50_000));
            Files.writeString(draft.resolveSibling("diffusion_pytorch_model.safetensors.etag"), "\"another\"");

            assertSame(whole().folder(), FOLDER);

            // The tag is of another file, so all of it came.
            assertThat(unetFromCdn().get(unetFromCdn().size() - 1).headers())
                    .containsEntry("Range", "bytes=50000-")
                    .containsEntry("If-Range", "\"another\"");
        }

        @Test
        void waitsAsLongAsTheHubAsks() {
            server.trouble("hub", "model_index.json", TestHub.status(429, "Retry-After", "17"));

            whole();

            assertThat(waits.total).isEqualTo(Duration.ofSeconds(17));
        }

        @Test
        void waitsLongerEachTime() {
            hub().outline(MODEL, DownloadWatch.NONE);
            server.trouble("cdn", UNET, TestHub.status(503));
            server.trouble("cdn", UNET, TestHub.status(500));
            server.trouble("cdn", UNET, TestHub.status(403));

            whole();

            assertThat(waits.total).isEqualTo(Duration.ofSeconds(1 + 2 + 4));
        }

        @Test
        void waitsLittleAgainOnceAnAttemptGotFurther() {
            hub().outline(MODEL, DownloadWatch.NONE);
            server.trouble("cdn", UNET, TestHub.status(503));
            server.trouble("cdn", UNET, TestHub.status(503));
            server.trouble("cdn", UNET, TestHub.truncation(100_000));
            server.trouble("cdn", UNET, TestHub.status(503));

            whole();

            assertThat(waits.total).isEqualTo(Duration.ofSeconds(1 + 2 + 1 + 2));
        }

        @Test
        void isNoLongerWaitedForOnceTheDownloadIsStopped() {
            server.trouble("hub", "model_index.json", TestHub.status(429, "Retry-After", "17"));

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> hub().whole(MODEL, new DownloadWatch() {
                        @Override
                        public void check() {
                            if (waits.total.toSeconds() >= 3) {
                                throw new IllegalStateException("enough");
                            }
                        }
                    }));

            assertThat(waits.total).isEqualTo(Duration.ofSeconds(3));
        }

        @Test
        void isNotWaitedForLongerThanTenMinutes() {
            server.trouble("hub", "model_index.json", TestHub.status(429, "Retry-After", "601"));

            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(HubTests.this::whole)
                    .withMessage("the model hub answers with status 429 for acme/tiny; try again later");
            assertThat(waits.total).isZero();
        }

        @Test
        void endsAfterSixAttempts() {
            hub().outline(MODEL, DownloadWatch.NONE);
            for (int i = 0; i < 6; i++) {
                server.trouble("cdn", UNET, TestHub.status(503));
            }

            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(HubTests.this::whole)
                    .withMessage("the model hub answers with status 503 for acme/tiny; try again later");
            assertThat(cache.resolve(ID).resolve(COMMIT)).doesNotExist();
        }

        @Test
        void ofOneWrongByteIsMadeUpFor() {
            hub().outline(MODEL, DownloadWatch.NONE);
            server.trouble("cdn", UNET, TestHub.corruption());

            assertSame(whole().folder(), FOLDER);
        }

        @Test
        void ofWrongBytesAgainIsAnError() {
            hub().outline(MODEL, DownloadWatch.NONE);
            server.trouble("cdn", UNET, TestHub.corruption());
            server.trouble("cdn", UNET, TestHub.corruption());

            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(HubTests.this::whole)
                    .withMessage(UNET + " of acme/tiny does not match the checksum of the model hub");
            assertThat(cache.resolve(ID).resolve(COMMIT)).doesNotExist();
        }

        @Test
        void ofASmallFileIsNoticedToo() {
            server.trouble("hub", "unet/config.json", TestHub.corruption());
            server.trouble("hub", "unet/config.json", TestHub.corruption());

            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(HubTests.this::whole)
                    .withMessageContaining("does not match the checksum");
            assertThat(hub().present(MODEL)).isEmpty();
        }

        @Test
        void withoutAHubIsSaid() {
            server.close();

            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(HubTests.this::whole)
                    .withMessage(
                            "the model hub cannot be reached, or its connections break, for acme/tiny; try again later");
        }

        private List<TestHub.Asked> unetFromCdn() {
            return server.requests().stream()
                    .filter(it -> it.host().equals("cdn") && it.gets(UNET))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "http:", "::"})
    void isNotSentToWhereNoFilesAre(String location) {
        server.trouble("hub", "model_index.json", TestHub.status(302, "Location", location));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(this::whole)
                .withMessage("the model hub redirects acme/tiny to a forbidden address");
    }

    @Nested
    class Permission {

        @Test
        void isAskedForWithTheTokenButNotOfOtherHosts() {
            server.token = "hf_secret";
            String moved = "/acme/tiny/resolve/%s/tokenizer/vocab.json".formatted(COMMIT);
            server.trouble("hub", "tokenizer/vocab.json", TestHub.status(307, "Location", moved));

            hub("hf_secret").whole(MODEL, DownloadWatch.NONE);

            assertThat(server.requests())
                    .filteredOn(it -> it.host().equals("hub"))
                    .allSatisfy(it -> assertThat(it.headers()).containsEntry("Authorization", "Bearer hf_secret"));
            assertThat(server.requests())
                    .filteredOn(it -> it.host().equals("cdn"))
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it.headers()).doesNotContainKey("Authorization"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "401 |           |       | the model hub requires a token for acme/tiny, which is private, gated or does not",
                    "401 |           | wrong | the model hub does not accept likeness.hub.token for acme/tiny: the token is wrong",
                    "401 | GatedRepo |       | acme/tiny is gated: accept the conditions on its page of the model hub, and set",
                    "403 | GatedRepo | other | acme/tiny is gated: accept the conditions on its page of the model hub, and set"
                })
        void thatIsMissingIsExplained(int status, @Nullable String code, @Nullable String token, String reason) {
            server.token = "right";
            server.refusal = status;
            server.errorCode = code;

            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(() -> hub(token).whole(MODEL, DownloadWatch.NONE))
                    .withMessageStartingWith(reason)
                    .withMessageNotContaining("right");
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void isNeverShown() {
            HubSettings settings = server.settings(cache, "hf_secret");

            assertThat(settings.toString()).doesNotContain("hf_secret").contains("***");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.settings(cache, "hf_secret\nX: y"))
                    .withMessageNotContaining("hf_secret");
        }
    }

    @Nested
    class Revisions {

        @Test
        void thatDoNotExistAreSaid() {
            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(() -> hub().whole(Repository.model(ID, "v9", null), DownloadWatch.NONE))
                    .withMessage("the model hub has no repository acme/tiny with a revision v9");
        }

        @Test
        void areTheCommitTheyWereAtFirst() {
            hub().outline(MODEL, DownloadWatch.NONE);
            Map<String, byte[]> others = files();
            others.put("unet/config.json", new byte[] {'{', '}'});
            server.publish(ID, "main", TestHub.commit(2), others);

            assertThat(whole().commit()).isEqualTo(COMMIT);
            assertSame(whole().folder(), FOLDER);
            assertThat(hub().whole(Repository.model(ID, TestHub.commit(2), null), DownloadWatch.NONE)
                            .commit())
                    .isEqualTo(TestHub.commit(2));
        }
    }

    @Nested
    class Offline {

        @Test
        void usesWhatIsThere() {
            whole();

            assertThat(TestHub.offline(cache).whole(MODEL, DownloadWatch.NONE).commit())
                    .isEqualTo(COMMIT);
        }

        @Test
        void saysWhatIsNot() {
            hub().outline(MODEL, DownloadWatch.NONE);

            assertThat(TestHub.offline(cache).outline(MODEL, DownloadWatch.NONE).isWhole())
                    .isFalse();
            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(() -> TestHub.offline(cache).whole(MODEL, DownloadWatch.NONE))
                    .withMessage("acme/tiny is not on the server, and likeness.hub.offline forbids the download");
        }
    }

    @Nested
    class Disk {

        @Test
        void isLookedAtBefore() {
            Hub hub = new Hub(server.settings(cache, null), waits, folder -> weights() - 1);

            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(() -> hub.whole(MODEL, DownloadWatch.NONE))
                    .withMessage("acme/tiny needs %d MB more, but the server's disk has only %d MB left"
                            .formatted((weights() >> 20) + 1, (weights() - 1) >> 20));
            assertThat(requests(UNET)).isZero();
        }

        @Test
        void mayJustBeEnough() {
            Hub hub = new Hub(server.settings(cache, null), waits, folder -> weights());

            assertThat(hub.whole(MODEL, DownloadWatch.NONE).isWhole()).isTrue();
        }
    }

    @Nested
    class AtOnce {

        @Test
        void threadsDownloadOnce() {
            List<CompletableFuture<Snapshot>> all = Stream.generate(() -> server.hub(cache))
                    .limit(3)
                    .map(hub -> CompletableFuture.supplyAsync(() -> hub.whole(MODEL, DownloadWatch.NONE)))
                    .toList();

            assertThat(all).allSatisfy(it -> assertSame(it.join().folder(), FOLDER));
            assertThat(requests(UNET)).isEqualTo(1);
        }

        @Test
        void processesDownloadOnceAndTheOthersSaySo() throws Exception {
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            HubProcess.class.getName(),
                            cache.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                // It has the lock until it ends.
                assertThat(other.inputReader().readLine()).isEqualTo("locked");
                assertThat(hub().isDownloading(MODEL)).isTrue();
                List<String> waiting = new ArrayList<>();

                hub().whole(MODEL, new DownloadWatch() {
                    @Override
                    public void waiting(String repository) {
                        waiting.add(repository);
                        other.destroy();
                    }
                });

                assertThat(waiting).containsExactly(ID);
                assertThat(hub().isDownloading(MODEL)).isFalse();
            } finally {
                other.destroyForcibly();
            }
        }
    }

    @Nested
    class Pickles {

        private static final Repository NETWORK = Repository.network("acme/net");

        private Snapshot convert(Map<String, byte[]> weights) {
            Map<String, byte[]> files = new TreeMap<>(weights);
            files.put("config.json", new byte[] {'{', '}'});
            server.publish("acme/net", "main", COMMIT, files);
            return hub().whole(NETWORK, DownloadWatch.NONE);
        }

        @Test
        void becomeSafetensors() {
            Snapshot snapshot = convert(Map.of("pytorch_model.bin", torch("state_dict.bin")));

            assertThat(names(snapshot.folder())).containsExactlyInAnyOrder("config.json", "model.safetensors");
            assertThat(SafeTensors.open(snapshot.folder().resolve("model.safetensors"))
                            .entries())
                    .containsKeys("weight", "tied", "transposed");
        }

        @Test
        void becomeSafetensorsInShards() {
            Snapshot snapshot = convert(Map.of(
                    "pytorch_model-00001-of-00001.bin",
                    torch("state_dict.bin"),
                    "pytorch_model.bin.index.json",
                    "{\"weight_map\": {\"weight\": \"pytorch_model-00001-of-00001.bin\"}}"
                            .getBytes(StandardCharsets.UTF_8)));

            assertThat(SafeTensors.openModel(snapshot.folder(), "model").entries())
                    .containsKeys("weight", "tied");
        }

        @Test
        void areRefusedWithMoreThanTensors() {
            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(() -> convert(Map.of("pytorch_model.bin", torch("command.bin"))))
                    .withMessageStartingWith(
                            "the weights of acme/net cannot be used: pytorch_model.bin: its pickle names"
                                    + " posix.system, which is not supported");
            assertThat(hub().present(NETWORK))
                    .hasValueSatisfying(it -> assertThat(it.isWhole()).isFalse());
        }

        private static byte[] torch(String name) {
            return read(Path.of("src/test/resources/torch").resolve(name));
        }
    }

    private static long weights() {
        return Stream.of("text_encoder/model.safetensors", UNET, "vae/diffusion_pytorch_model.safetensors")
                .mapToLong(it -> read(FOLDER.resolve(it)).length)
                .sum();
    }

    private static void assertSame(Path folder, Path expected) {
        assertThat(names(folder)).isEqualTo(names(expected));
        names(expected).forEach(it -> assertThat(folder.resolve(it)).hasSameBinaryContentAs(expected.resolve(it)));
    }

    private static List<String> names(Path folder) {
        return List.copyOf(TestHub.filesOf(folder, "").keySet());
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
