package dev.likeness.app.upload;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of uploaded pictures.
 *
 * @param minPictures fewest pictures of a subject; at least two, because scores compare pictures with each other
 * @param maxPictures most pictures of a subject
 * @param maxFileSize largest file
 * @param maxTotalSize largest sum of a subject's files
 * @param maxPixels most pixels of a picture, which bounds the memory for decoding
 * @param minSide shortest side of a picture in pixels
 * @param maxKeptSide larger pictures are reduced to this many pixels
 */
@Validated
@ConfigurationProperties("likeness.upload")
public record UploadSettings(
        @DefaultValue("3") @Min(2) int minPictures,
        @DefaultValue("6") @Min(2) int maxPictures,
        @DefaultValue("20MB") @NotNull DataSize maxFileSize,
        @DefaultValue("80MB") @NotNull DataSize maxTotalSize,

        @DefaultValue("40000000") @Min(4096) @Max(500_000_000)
        long maxPixels,

        @DefaultValue("64") @Min(1) int minSide,
        @DefaultValue("2048") @Min(64) int maxKeptSide) {

    public UploadSettings {
        if (minPictures > maxPictures) {
            throw new IllegalArgumentException(
                    "likeness.upload.min-pictures (%d) is more than likeness.upload.max-pictures (%d)"
                            .formatted(minPictures, maxPictures));
        }
    }

    /** Limits of a subject's pictures. */
    public PictureLimits ofSubject() {
        return new PictureLimits(minPictures, maxPictures, maxTotalSize);
    }
}
