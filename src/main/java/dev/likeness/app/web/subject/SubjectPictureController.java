package dev.likeness.app.web.subject;

import dev.likeness.app.subject.Subjects;
import dev.likeness.app.web.http.FileAnswers;
import dev.likeness.app.web.http.Paths;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.openapi.Downloads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Pictures of subjects, as training uses them. */
@RestController
@Tag(name = DocumentOrder.SUBJECTS)
class SubjectPictureController {

    private final Subjects subjects;
    private final FileAnswers files;

    SubjectPictureController(Subjects subjects, FileAnswers files) {
        this.subjects = subjects;
        this.files = files;
    }

    @GetMapping(path = Paths.SUBJECT_PICTURE, produces = MediaType.IMAGE_PNG_VALUE)
    @Operation(operationId = "downloadSubjectPicture")
    @Downloads
    ResponseEntity<Resource> picture(
            @PathVariable UUID id,
            @Parameter(schema = @Schema(type = "integer", minimum = "0")) @PathVariable int position) {
        return files.image(subjects.picture(id, position).fileSha256());
    }

    @GetMapping(path = Paths.SUBJECT_MASK, produces = MediaType.IMAGE_PNG_VALUE)
    @Operation(operationId = "downloadSubjectMask")
    @Downloads
    ResponseEntity<Resource> mask(
            @PathVariable UUID id,
            @Parameter(schema = @Schema(type = "integer", minimum = "0")) @PathVariable int position) {
        return files.image(subjects.mask(id, position).fileSha256());
    }

    @GetMapping(path = Paths.SUBJECT_THUMBNAIL, produces = MediaType.IMAGE_PNG_VALUE)
    @Operation(operationId = "downloadSubjectThumbnail")
    @Downloads
    ResponseEntity<Resource> thumbnail(
            @PathVariable UUID id,
            @Parameter(schema = @Schema(type = "integer", minimum = "0")) @PathVariable int position) {
        return files.image(subjects.picture(id, position).thumbnail());
    }
}
