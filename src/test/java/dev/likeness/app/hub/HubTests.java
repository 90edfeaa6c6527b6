package dev.likeness.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Downloads from the hub. */
class HubTests extends HubTest {

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
        void showsOthersHowFarItIs() {
            assertThat(hub().progress(MODEL)).isEmpty();
            hub().outline(MODEL, DownloadWatch.NONE);
            assertThat(hub().progress(MODEL)).hasValue(new DownloadProgress(0, weights()));
            Hub other = hub();
            List<Long> shown = new ArrayList<>();

            hub().whole(MODEL, new DownloadWatch() {
                @Override
                public void progress(String repository, long bytes, long total) {
                    assertThat(other.progress(MODEL)).hasValue(new DownloadProgress(bytes, total));
                    shown.add(bytes);
                }
            });

            assertThat(shown).hasSizeGreaterThan(2);
            assertThat(hub().progress(MODEL)).isEmpty();
        }

        @Test
        void stopsWhenItIsToldToAndContinuesLater() {
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
}
