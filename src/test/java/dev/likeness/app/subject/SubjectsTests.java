package dev.likeness.app.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ServiceTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.security.Acting;
import dev.likeness.app.upload.AdmittedPictures;
import dev.likeness.app.upload.CheckedPicture;
import dev.likeness.app.upload.SampleUploads;
import dev.likeness.app.upload.UnusablePicturesException;
import dev.likeness.app.upload.Upload;
import dev.likeness.diffusion.data.RgbImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
class SubjectsTests {

    @Autowired
    Subjects subjects;

    @Autowired
    TestDatabase database;

    @Autowired
    PlatformTransactionManager transactions;

    @Value("${likeness.home}")
    Path home;

    private Subject keep(List<Upload> uploads) {
        try (AdmittedPictures admitted = subjects.admit("teapot", uploads)) {
            return subjects.keep("teapot", admitted.pictures(), List.of());
        }
    }

    @Test
    void keepsPicturesUprightInTheOrderSent() throws IOException {
        List<Upload> uploads = List.of(
                SampleUploads.upload("rgb.png"), SampleUploads.upload("exif.png"), SampleUploads.upload("exif.webp"));
        Subject kept = keep(uploads);

        Subject found = subjects.get(kept.id());
        assertThat(found.pictures())
                .extracting(SubjectPicture::fileName)
                .containsExactly("rgb.png", "exif.png", "exif.webp");
        assertThat(found.pictures()).extracting(SubjectPicture::width).containsExactly(96, 72, 72);
        assertThat(found.pictures()).extracting(SubjectPicture::originalFormat).containsExactly("png", "png", "webp");
        List<RgbImage> images = subjects.images(kept.id());
        assertThat(images).extracting(RgbImage::width).containsExactly(96, 72, 72);
        assertThat(images.get(1).rgb()).isEqualTo(images.get(2).rgb());
    }

    @Test
    void keepsNothingWhenOnePictureIsRefused() throws IOException {
        List<Upload> uploads = List.of(
                SampleUploads.upload("rgb.jpg"),
                SampleUploads.upload("palette.png"),
                SampleUploads.upload("animated.png"));
        long rows = rows();
        long files = files();

        assertThatThrownBy(() -> keep(uploads)).isInstanceOf(UnusablePicturesException.class);

        assertThat(rows()).isEqualTo(rows);
        assertThat(files()).isEqualTo(files);
    }

    @Test
    void refusedUploadsLeaveTheirPlaces() throws IOException {
        List<Upload> refused = List.of(
                SampleUploads.upload("rgb.jpg"),
                SampleUploads.upload("palette.png"),
                SampleUploads.upload("animated.png"));
        List<Upload> good = List.of(
                SampleUploads.upload("rgb.png"), SampleUploads.upload("rgb.jpg"), SampleUploads.upload("gray.png"));
        CompletableFuture<Subject> last = CompletableFuture.supplyAsync(() -> {
            for (int i = 0; i < Subjects.AT_ONCE; i++) {
                assertThatThrownBy(() -> keep(refused)).isInstanceOf(UnusablePicturesException.class);
            }
            return keep(good);
        });

        assertThat(last).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void keepsNothingWhenTheCallersTransactionFails() throws IOException {
        List<CheckedPicture> pictures;
        try (AdmittedPictures admitted = subjects.admit(
                "teapot",
                List.of(
                        SampleUploads.upload("orientation-3.jpg"),
                        SampleUploads.upload("gray-alpha.png"),
                        SampleUploads.upload("odd.webp")))) {
            pictures = admitted.pictures();
        }
        long rows = rows();
        long files = files();

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            subjects.keep("teapot", pictures, List.of());
            status.setRollbackOnly();
        });

        await().untilAsserted(() -> assertThat(rows()).isEqualTo(rows));
        await().untilAsserted(() -> assertThat(files()).isEqualTo(files));
    }

    @Test
    void hasThePicturesOfFewUploadsInMemoryAndRoomForOtherOwners() throws Exception {
        List<Upload> uploads = List.of(
                SampleUploads.upload("rgb.png"), SampleUploads.upload("rgb.jpg"), SampleUploads.upload("gray.png"));
        Semaphore open = new Semaphore(0);
        List<String> inside = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try {
            for (String owner : List.of("a", "a", "a", "a", "a", "b", "c", "d")) {
                FutureTask<?> call = new FutureTask<>(Acting.as(owner, () -> {
                    try (AdmittedPictures admitted = subjects.admit("teapot", uploads)) {
                        inside.add(owner);
                        open.acquireUninterruptibly();
                        return admitted;
                    }
                }));
                Thread thread = new Thread(call);
                thread.start();
                threads.add(thread);
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> threads.stream().allMatch(it -> it.getState() == Thread.State.WAITING));
            }
            assertThat(inside).containsExactly("a", "a", "b", "c").hasSize(Subjects.AT_ONCE);

            open.release(1);
            await().until(() -> inside.size() == Subjects.AT_ONCE + 1);
            assertThat(inside).endsWith("d");
        } finally {
            open.release(threads.size());
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(inside).hasSize(threads.size());
    }

    @Test
    void saysThatASubjectIsUnknown() {
        UUID nobody = UUID.randomUUID();

        assertThatThrownBy(() -> subjects.get(nobody))
                .isInstanceOfSatisfying(
                        UnknownSubjectException.class, e -> assertThat(e.id()).isEqualTo(nobody));
    }

    private long rows() {
        return database.rows("subject") + database.rows("stored_file");
    }

    private long files() {
        try (Stream<Path> paths = Files.walk(home.resolve("artifacts"))) {
            return paths.filter(Files::isRegularFile).count();
        } catch (java.nio.file.NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
