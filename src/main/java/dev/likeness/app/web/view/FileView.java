package dev.likeness.app.web.view;

import dev.likeness.app.artifact.NamedFile;

/** The fields of a downloadable file, inside the object that it belongs to. */
public record FileView(String fileName, long size, String sha256) {

    public static FileView of(NamedFile file) {
        return new FileView(file.name(), file.size(), file.sha256());
    }
}
