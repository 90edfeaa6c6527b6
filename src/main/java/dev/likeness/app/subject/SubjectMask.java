package dev.likeness.app.subject;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * The mask of a picture.
 *
 * @param fileSha256 a gray PNG of the picture's size in the artifact store, white where the subject is
 * @param share of the picture that is white, above 0 to 1; gray counts as its share of white
 */
@Embeddable
public record SubjectMask(
        @Column(name = "mask_sha256") String fileSha256,
        @Column(name = "mask_share") double share) {}
