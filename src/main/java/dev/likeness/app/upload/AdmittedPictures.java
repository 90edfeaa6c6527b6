package dev.likeness.app.upload;

import dev.likeness.app.subject.Subjects;
import java.util.List;

/**
 * Checked pictures of one upload. They occupy one of the few places for pictures in memory until they are closed.
 *
 * @see Subjects#admit
 */
public final class AdmittedPictures implements AutoCloseable {

    private final List<CheckedPicture> pictures;
    private final Runnable leave;

    public AdmittedPictures(List<CheckedPicture> pictures, Runnable leave) {
        this.pictures = List.copyOf(pictures);
        this.leave = leave;
    }

    /** In the order of the upload. */
    public List<CheckedPicture> pictures() {
        return pictures;
    }

    /** Makes the place free. */
    @Override
    public void close() {
        leave.run();
    }
}
