package dev.likeness.app.hub;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The client of the hub. Each method throws {@link HubException} for permanent failures, and another exception for
 * temporary ones.
 */
final class HubClient implements AutoCloseable {

    private static final int MOST_LISTED = 1 << 25;

    private final HubConnection connection;
    private final URI endpoint;

    HubClient(URI endpoint, @Nullable String token) {
        this.endpoint = URI.create(endpoint.toString().replaceFirst("/+$", ""));
        this.connection = new HubConnection(this.endpoint, token);
    }

    /**
     * A revision's files.
     *
     * @param commit of the revision
     */
    record Listing(String commit, List<Listed> files) {}

    /**
     * A file in the list.
     *
     * @param size null if it is unknown
     * @param checksum null if it is unknown
     */
    record Listed(
            String path, @Nullable Long size, @Nullable Checksum checksum) {}

    Listing list(Repository repository, String revision) throws IOException {
        URI uri = URI.create("%s/api/models/%s/revision/%s?blobs=true"
                .formatted(endpoint, repository.id(), URLEncoder.encode(revision, StandardCharsets.UTF_8)));
        try (HubAnswer answer = connection.send(repository, "GET", uri, Map.of())) {
            JsonNode json = JsonMapper.shared().readTree(answer.body().readNBytes(MOST_LISTED));
            String commit = json.path("sha").asString("");
            if (!Repository.isCommit(commit) || Repository.isCommit(revision) && !commit.equals(revision)) {
                throw new HubException("the model hub returned no commit for " + repository);
            }
            List<Listed> files = new ArrayList<>();
            for (JsonNode file : json.path("siblings")) {
                files.add(new Listed(file.path("rfilename").asString(""), size(file), checksum(file)));
            }
            return new Listing(commit, files);
        } catch (JacksonException e) {
            throw new IOException("the hub's list of files cannot be read", e);
        }
    }

    private static @Nullable Long size(JsonNode file) {
        return file.path("size").isIntegralNumber() ? file.get("size").asLong() : null;
    }

    private static @Nullable Checksum checksum(JsonNode file) {
        String large = file.path("lfs")
                .path("sha256")
                .asString(file.path("lfs").path("oid").asString(null));
        String hex = large == null ? file.path("blobId").asString(null) : large;
        return Checksum.parse(hex).orElse(null);
    }

    /** Completes a file whose size or checksum the list does not have. */
    Listed describe(Repository repository, String commit, String path) throws IOException {
        try (HubAnswer answer = connection.send(repository, "HEAD", file(repository, commit, path), Map.of())) {
            String commitOfFile = answer.header("X-Repo-Commit");
            if (commitOfFile != null && !commitOfFile.equals(commit)) {
                throw new HubException(
                        "the model hub returned another commit of %s than requested".formatted(repository));
            }
            String size = answer.header("X-Linked-Size");
            long length = size == null ? answer.contentLength() : Long.parseLong(size);
            if (length < 0) {
                throw new HubException("the model hub did not return the size of %s of %s".formatted(path, repository));
            }
            String tag = answer.header("X-Linked-ETag");
            return new Listed(
                    path,
                    length,
                    Checksum.parse(tag == null ? answer.header("ETag") : tag).orElse(null));
        } catch (NumberFormatException e) {
            throw new IOException("the hub's size of a file cannot be read", e);
        }
    }

    /** Opens a file, or a part of it. The caller closes the answer. */
    HubAnswer open(Repository repository, String commit, String path, Map<String, String> headers) throws IOException {
        return connection.send(repository, "GET", file(repository, commit, path), headers);
    }

    private URI file(Repository repository, String commit, String path) {
        return URI.create("%s/%s/resolve/%s/%s".formatted(endpoint, repository.id(), commit, path));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
