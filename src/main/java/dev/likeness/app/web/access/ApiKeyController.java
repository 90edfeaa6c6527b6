package dev.likeness.app.web.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.security.ApiKey;
import dev.likeness.app.security.ApiKeys;
import dev.likeness.app.security.Owners;
import dev.likeness.app.security.Scope;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Management of API keys. */
@RestController
@RequestMapping(path = "/v1/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.ADMINISTRATION)
class ApiKeyController {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,100}");
    private static final Pattern OWNER = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");
    private static final int LONGEST_NAME = 100;

    private final ApiKeys keys;
    private final Clock clock;

    ApiKeyController(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createApiKey")
    @ApiResponse(responseCode = "201")
    @Problems({ProblemType.UNREADABLE_REQUEST, ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.INVALID_REQUEST})
    ResponseEntity<ApiKeyView> create(@RequestBody KeyRequest request) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(ApiKeyView.of(keys.create(request.check(clock.instant()))));
    }

    @GetMapping
    @Operation(operationId = "listApiKeys")
    ApiKeysView list() {
        return new ApiKeysView(keys.all().stream().map(ApiKeyView::of).toList());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteApiKey")
    @Problems(ProblemType.NOT_FOUND)
    void revoke(@PathVariable UUID id) {
        keys.revoke(id);
    }

    @Schema(name = "ApiKeyRequest")
    record KeyRequest(
            @Schema(maxLength = LONGEST_NAME) @Nullable String name,

            @Nullable String owner,

            @Schema(nullable = true) @Nullable List<String> scopes,

            @Schema(nullable = true) @Nullable Instant expiresAt) {

        /** @throws InvalidSpecException if the request is invalid */
        ApiKeys.Request check(Instant now) {
            List<Violation> violations = new ArrayList<>();
            if (name == null || name.isBlank() || !NAME.matcher(name).matches()) {
                violations.add(
                        refuse("name", "is required, with at most %d printable characters".formatted(LONGEST_NAME)));
            }
            if (owner == null || !OWNER.matcher(owner).matches()) {
                violations.add(refuse("owner", "is required, with 1 to 200 visible ASCII characters"));
            } else if (owner.equals(Owners.LOCAL) || owner.equals(Owners.NOBODY)) {
                violations.add(refuse("owner", "is reserved by the server; choose another"));
            }
            Set<Scope> of = scopes(violations);
            if (expiresAt != null && (!expiresAt.isAfter(now) || expiresAt.isAfter(END_OF_TIME))) {
                violations.add(refuse("expires_at", "must be in the future, and at most in the year 9999"));
            }
            if (name == null || owner == null || !violations.isEmpty()) {
                throw new InvalidSpecException(violations);
            }
            return new ApiKeys.Request(name.strip(), owner, of, expiresAt);
        }

        private Set<Scope> scopes(List<Violation> violations) {
            if (scopes == null) {
                return EnumSet.of(Scope.READ, Scope.WRITE);
            }
            Set<Scope> of = EnumSet.noneOf(Scope.class);
            for (String each : scopes) {
                Optional<Scope> scope = Optional.ofNullable(each).flatMap(Scope::of);
                scope.ifPresentOrElse(of::add, () -> violations.add(refuse("scopes", "must be read, write or admin")));
            }
            if (scopes.isEmpty()) {
                violations.add(refuse("scopes", "must contain at least one of read, write, admin"));
            }
            return of;
        }

        private static Violation refuse(String field, String message) {
            return new Violation(List.of(field), message, "value_error");
        }
    }

    @Schema(name = "ApiKey")
    record ApiKeyView(
            UUID id,

            String object,

            String name,

            String prefix,

            String owner,

            List<String> scopes,

            @JsonUnwrapped TimesView times,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String key) {

        static ApiKeyView of(ApiKey key) {
            return of(key, null);
        }

        static ApiKeyView of(ApiKeys.Created created) {
            return of(created.key(), created.text());
        }

        private static ApiKeyView of(ApiKey key, @Nullable String text) {
            return new ApiKeyView(
                    key.id(),
                    "api_key",
                    key.name(),
                    key.prefix(),
                    key.owner(),
                    key.scopes().stream().sorted().map(Scope::wire).toList(),
                    TimesView.of(key.times()),
                    text);
        }
    }

    record TimesView(
            Instant createdAt,

            @Schema(nullable = true) @Nullable Instant expiresAt,

            @Schema(nullable = true) @Nullable Instant revokedAt,

            @Schema(nullable = true) @Nullable Instant lastUsedAt) {

        static TimesView of(ApiKey.Times times) {
            return new TimesView(times.createdAt(), times.expiresAt(), times.revokedAt(), times.lastUsedAt());
        }
    }

    @Schema(name = "ApiKeys")
    record ApiKeysView(List<ApiKeyView> results) {}
}
