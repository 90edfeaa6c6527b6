package dev.likeness.app.web.access;

import dev.likeness.app.security.SignedLinks;
import dev.likeness.app.web.openapi.DocumentOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The key for signing links. */
@RestController
@Tag(name = DocumentOrder.ADMINISTRATION)
class LinkController {

    private final SignedLinks links;

    LinkController(SignedLinks links) {
        this.links = links;
    }

    @PostMapping("/v1/links/rotate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "rotateLinkKeys")
    void rotate() {
        links.rotate();
    }
}
