package dev.likeness.app.classimage;

import dev.likeness.app.upload.PictureLimits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of class sets.
 *
 * @param maxImages most images of a set
 * @param maxTotalSize largest sum of a set's files, and largest archive
 * @param imagesOfOwner most images in all sets of an owner; 0 for no limit. It applies only with authentication
 */
@Validated
@ConfigurationProperties("likeness.class-sets")
public record ClassSetSettings(
        @DefaultValue("1000") @Min(1) @Max(1000) int maxImages,
        @DefaultValue("1GB") @NotNull DataSize maxTotalSize,
        @DefaultValue("20000") @Min(0) int imagesOfOwner) {

    /** Limits of a set's images. */
    public PictureLimits ofSet() {
        return new PictureLimits(1, maxImages, maxTotalSize);
    }
}
