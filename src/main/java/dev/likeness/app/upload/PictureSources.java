package dev.likeness.app.upload;

import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Takes pictures from where a request has them: the files of a form, URLs, or one ZIP archive in place of all files. A
 * text file beside a picture, of the same name with the ending {@code .txt}, is its caption.
 */
@Component
public class PictureSources {

    private final PictureDownloads downloads;

    PictureSources(PictureDownloads downloads) {
        this.downloads = downloads;
    }

    /**
     * Downloads, unpacks and sorts. Pictures are not checked yet. It can take minutes, so do not call it in a
     * transaction.
     *
     * @throws UnusablePicturesException naming every file or URL that cannot be read, and every archive among several files
     */
    public SentPictures open(List<Upload> files, List<String> urls, PictureLimits limits) {
        if (files.size() + urls.size() > 2 * limits.max()) {
            throw wrongCount(files.size() + urls.size(), limits);
        }
        TemporaryFiles temporary = new TemporaryFiles();
        boolean opened = false;
        try {
            boolean onlyOne = files.size() + urls.size() == 1;
            List<Upload> sent = new ArrayList<>(files);
            sent.addAll(downloads.fetch(urls, limits, onlyOne, temporary));
            if (!onlyOne) {
                requireNoArchives(sent);
            } else if (PictureArchive.isOne(sent.get(0))) {
                sent = PictureArchive.open(sent.get(0), limits, temporary);
            }
            SentPictures pictures = CaptionFiles.sort(sent, temporary);
            opened = true;
            return pictures;
        } finally {
            if (!opened) {
                temporary.close();
            }
        }
    }

    /** Before the files are counted, because an archive among them is not one picture. */
    private static void requireNoArchives(List<Upload> sent) {
        List<PictureProblem> problems = new ArrayList<>();
        Map<String, Integer> inField = new HashMap<>();
        for (Upload file : sent) {
            int index = inField.merge(file.field(), 1, Integer::sum) - 1;
            if (PictureArchive.isOne(file)) {
                String name = PictureIntake.printable(file.fileName(), index);
                problems.add(new PictureProblem(
                        index,
                        name,
                        Kind.UNSUPPORTED_FORMAT,
                        "%s is a ZIP archive among other files; send one archive alone, or no archive.".formatted(name),
                        file.field()));
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusablePicturesException(problems);
        }
    }

    static UnusablePicturesException wrongCount(int count, PictureLimits limits) {
        String message = "%s sent; send %d to %d."
                .formatted(count == 1 ? "1 picture was" : count + " pictures were", limits.min(), limits.max());
        return new UnusablePicturesException(List.of(new PictureProblem(null, null, Kind.COUNT, message)));
    }
}
