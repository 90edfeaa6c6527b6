package dev.likeness.app.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Sends local files to a bucket: small ones at once, larger ones in parts. Each request has the SHA-256 of its content,
 * which the store verifies. An object exists once its last part has arrived.
 */
final class ObjectUpload {

    private final S3Client s3;
    private final S3Settings settings;
    private final int partSize;

    ObjectUpload(S3Client s3, S3Settings settings) {
        this.s3 = s3;
        this.settings = settings;
        this.partSize = Math.toIntExact(settings.partSize().toBytes());
    }

    /** @throws SdkException if the store does not accept it */
    void send(Draft draft) throws IOException {
        if (draft.file().size() <= partSize) {
            sendWhole(draft);
        } else {
            sendInParts(draft);
        }
    }

    private void sendWhole(Draft draft) {
        StoredFile file = draft.file();
        s3.putObject(
                it -> it.bucket(settings.bucket())
                        .key(key(file))
                        .contentType(file.mediaType())
                        .serverSideEncryption(settings.serverSideEncryption())
                        .ssekmsKeyId(settings.kmsKeyId())
                        .checksumSHA256(base64(HexFormat.of().parseHex(file.sha256()))),
                RequestBody.fromFile(draft.path()));
    }

    private void sendInParts(Draft draft) throws IOException {
        StoredFile file = draft.file();
        String upload = s3.createMultipartUpload(it -> it.bucket(settings.bucket())
                        .key(key(file))
                        .contentType(file.mediaType())
                        .serverSideEncryption(settings.serverSideEncryption())
                        .ssekmsKeyId(settings.kmsKeyId())
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        try (InputStream in = Files.newInputStream(draft.path())) {
            List<CompletedPart> parts = new ArrayList<>();
            for (byte[] part = in.readNBytes(partSize); part.length > 0; part = in.readNBytes(partSize)) {
                parts.add(send(part, parts.size() + 1, key(file), upload));
            }
            s3.completeMultipartUpload(it -> it.bucket(settings.bucket())
                    .key(key(file))
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(parts)));
        } catch (IOException | SdkException e) {
            abortQuietly(key(file), upload, e);
            throw e;
        }
    }

    private CompletedPart send(byte[] part, int number, String key, String upload) {
        String checksum = base64(Sha256.digest().digest(part));
        String tag = s3.uploadPart(
                        it -> it.bucket(settings.bucket())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumSHA256(checksum),
                        RequestBody.fromBytes(part))
                .eTag();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(tag)
                .checksumSHA256(checksum)
                .build();
    }

    /** Aborts uploads without a new part since an instant. */
    void abortBegunBefore(Instant before) {
        s3
                .listMultipartUploadsPaginator(
                        it -> it.bucket(settings.bucket()).prefix(settings.prefix()))
                .uploads()
                .stream()
                .filter(it -> settings.isKey(it.key()))
                .filter(it -> it.initiated().isBefore(before) && !hasPartSince(it, before))
                .toList()
                .forEach(it -> abort(it.key(), it.uploadId()));
    }

    private boolean hasPartSince(MultipartUpload upload, Instant instant) {
        return s3
                .listPartsPaginator(
                        it -> it.bucket(settings.bucket()).key(upload.key()).uploadId(upload.uploadId()))
                .parts()
                .stream()
                .anyMatch(it -> !it.lastModified().isBefore(instant));
    }

    private void abort(String key, String upload) {
        s3.abortMultipartUpload(it -> it.bucket(settings.bucket()).key(key).uploadId(upload));
    }

    private void abortQuietly(String key, String upload, Exception reason) {
        try {
            abort(key, upload);
        } catch (SdkException e) {
            // The next sweep does it.
            reason.addSuppressed(e);
        }
    }

    private String key(StoredFile file) {
        return settings.key(file.sha256());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
