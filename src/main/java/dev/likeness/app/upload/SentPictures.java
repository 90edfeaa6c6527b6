package dev.likeness.app.upload;

import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a request, from wherever it took them, with their captions. Their files are available until it is
 * closed.
 *
 * @see PictureSources#open
 */
public final class SentPictures implements AutoCloseable {

    private final List<Upload> pictures;
    private final List<@Nullable String> captions;
    private final TemporaryFiles files;

    SentPictures(List<Upload> pictures, List<@Nullable String> captions, TemporaryFiles files) {
        this.pictures = List.copyOf(pictures);
        this.captions = Collections.unmodifiableList(new ArrayList<>(captions));
        this.files = files;
    }

    /** In the order of the form, or of the archive. */
    public List<Upload> pictures() {
        return pictures;
    }

    /** One per picture, in one line; null for a picture without a caption. */
    public List<@Nullable String> captions() {
        return captions;
    }

    /**
     * The captions where all pictures of an upload are described, or none.
     *
     * @return one per picture, or none
     * @throws UnusablePicturesException naming every picture without a caption, if another one has one
     */
    public List<String> captionOfEach() {
        if (captions.stream().allMatch(Objects::isNull)) {
            return List.of();
        }
        List<PictureProblem> problems = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < captions.size(); i++) {
            String caption = captions.get(i);
            if (caption == null) {
                String name = PictureIntake.printable(pictures.get(i).fileName(), i);
                String message = "%s has no caption, but other pictures have one; add one to each picture, or to none."
                        .formatted(name);
                problems.add(new PictureProblem(
                        i, name, Kind.CAPTION, message, pictures.get(i).field()));
            } else {
                all.add(caption);
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusablePicturesException(problems);
        }
        return all;
    }

    /** Deletes the files. */
    @Override
    public void close() {
        files.close();
    }
}
